// What was done, in words: the actions of server/api/routes.cpp.
import { useTranslation } from '@/language/translate';

export function useActionWords(): (action: string) => string {
  const { t } = useTranslation();
  const words: Record<string, string> = {
    'account.save': t('Saved the account'),
    'call.change': t('A call changed'),
    'call.end': t('Ended a call'),
    'callflow.create': t('Created the callflow'),
    'callflow.delete': t('Deleted the callflow'),
    'callflow.duplicate': t('Duplicated the callflow'),
    'callflow.publish': t('Made the callflow live'),
    'callflow.save': t('Saved the callflow'),
    'callflow.unpublish': t('Took the callflow out of service'),
    'device.create': t('Added the phone'),
    'device.delete': t('Removed the phone'),
    'device.save': t('Saved the phone'),
    'device.secret': t('Made a new password for the phone'),
    'media.create': t('Added the media'),
    'media.delete': t('Deleted the media'),
    'media.rename': t('Renamed the media'),
    'media.replace': t('Replaced the sound of the media'),
    'media.speak': t('Made the media from text'),
    'number.add': t('Added the number'),
    'number.delete': t('Removed the number'),
    'registration.remove': t('Unregistered the phone'),
    'ring_group.create': t('Created the ring group'),
    'ring_group.delete': t('Deleted the ring group'),
    'ring_group.save': t('Saved the ring group'),
    'seat.create': t('Created the seat'),
    'seat.delete': t('Deleted the seat'),
    'seat.save': t('Saved the seat'),
    'session.begin': t('Signed in'),
    'session.end': t('Signed out'),
    'session.refused': t('Was refused at sign-in'),
    'settings.save': t('Saved the settings'),
    'temporal_rule.create': t('Created the rule'),
    'temporal_rule.delete': t('Deleted the rule'),
    'temporal_rule.save': t('Saved the rule'),
    'temporal_rule_set.create': t('Created the rule set'),
    'temporal_rule_set.delete': t('Deleted the rule set'),
    'temporal_rule_set.save': t('Saved the rule set'),
    'token.create': t('Made an access token'),
    'token.delete': t('Revoked an access token'),
    'trunk.create': t('Created the trunk'),
    'trunk.delete': t('Deleted the trunk'),
    'trunk.password': t('Set the password of the trunk'),
    'trunk.save': t('Saved the trunk'),
    'trunk.secret': t('Made a new password for the login of the trunk'),
    'user.delete': t('Deleted the user'),
    'user.password': t('Set the password of the user'),
    'user.save': t('Saved the user'),
  };
  return (action) => words[action] ?? action;
}

// What the server notes itself; what people wrote stays.
export function useNoteWords(): (note: string) => string {
  const { t } = useTranslation();
  return (note) => {
    const [, what, value] = /^(revision|replaced with|spoken by) (\S+)$/.exec(note) ?? [];
    if (what === 'revision') return t('Version {{version}}', { version: value });
    if (what === 'replaced with') return t('Replaced by {{id}}', { id: value });
    return what ? t('Spoken by {{voice}}', { voice: value }) : note;
  };
}
