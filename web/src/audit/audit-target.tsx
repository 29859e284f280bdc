// What an entry is about, with the way there where there is one.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { callflowsQuery, mediaQuery } from '@/api/queries';
import { useAccount } from '@/session/account';

const LINK = 'font-medium text-accent-ink hover:underline';

// "callflow/abc" → ["callflow", "abc"]; an id may hold what it wants.
function split(target: string): [string, string] {
  const at = target.indexOf('/');
  return at < 0 ? [target, ''] : [target.slice(0, at), target.slice(at + 1)];
}

export function AuditTarget({ target }: { target: string }) {
  const account = useAccount().id;
  const { data: callflows } = useQuery(callflowsQuery(account));
  const { data: media } = useQuery(mediaQuery(account));
  const [noun, id] = split(target);
  if (noun === 'callflow') {
    const there = callflows?.find((one) => one.id === id);
    if (!there) return <>{id}</>;
    return (
      <Link to="/callflows/$id" params={{ id }} className={LINK}>
        {there.name || id}
      </Link>
    );
  }
  const at = encodeURIComponent(id);
  const pages: Record<string, string> = {
    media: `/media/${at}`,
    number: '/numbers',
    seat: `/seats/${at}`,
    device: `/phones/${at}`,
    ring_group: `/ring-groups/${at}`,
    trunk: `/trunks/${at}`,
    temporal_rule: `/time-of-day/rules/${at}`,
    temporal_rule_set: `/time-of-day/sets/${at}`,
    user: `/users/${at}`,
  };
  const page = pages[noun];
  const name = noun === 'media' ? (media?.find((one) => one.id === id)?.name ?? id) : id;
  if (!page) return <>{name}</>;
  return (
    <Link to={page} className={LINK}>
      {name}
    </Link>
  );
}
