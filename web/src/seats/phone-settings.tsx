// What a person types into a phone; its password is shown this once.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type NewDevice, softphoneQuery } from '@/api/office';
import { Facts } from '@/ui/facts';
import { ProblemLine } from '@/ui/problem-line';
import { ShownOnce } from '@/ui/shown-once';

interface Props {
  account: string;
  seat: string;
  title: string;
  device: NewDevice;
  onClose: () => void;
}

export function PhoneSettings({ account, seat, title, device, onClose }: Props) {
  const { t } = useTranslation();
  const { data, error } = useQuery(softphoneQuery(account, seat));
  const servers = (data?.servers ?? []).map(
    ({ server, port, transport }) => `${server}:${port} (${transport.toUpperCase()})`,
  );
  return (
    <ShownOnce title={title} label={t('Password')} secret={device.secret} onClose={onClose}>
      <h3 className="mt-4 mb-2 font-medium">{t('Settings of the phone')}</h3>
      <Facts
        look="select-text"
        facts={[
          [
            t('User name'),
            <code key="user" className="t-code">
              {device.username}
            </code>,
          ],
          [
            t('Domain'),
            <code key="domain" className="t-code">
              {data?.domain}
            </code>,
          ],
          [
            t('Server'),
            <code key="server" className="t-code">
              {servers.join('\n')}
            </code>,
          ],
        ]}
      />
      <ProblemLine problem={error} />
    </ShownOnce>
  );
}
