import type { Role } from '@/api/types';
import { useTranslation } from '@/language/translate';

export const ROLES: readonly Role[] = ['viewer', 'editor', 'admin'];

export function isAtMost(role: Role, highest: Role): boolean {
  return ROLES.indexOf(role) <= ROLES.indexOf(highest);
}

// A role and what it may, in words.
export function useRoleWords(): Record<Role, { name: string; may: string }> {
  const { t } = useTranslation();
  return {
    viewer: { name: t('Viewer'), may: t('Sees everything, changes nothing') },
    editor: { name: t('Editor'), may: t('Changes callflows and media') },
    admin: { name: t('Admin'), may: t('Changes numbers, settings and users too') },
  };
}
