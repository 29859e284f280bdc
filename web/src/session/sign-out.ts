import { useCallback } from 'react';
import { reasonOf, request } from '@/api/request';
import { useTranslation } from '@/language/translate';
import { toast } from '@/ui/toasts';

// The login page is a fresh start of the app: nothing that was read stays in memory.
export function useSignOut(): () => Promise<void> {
  const { t } = useTranslation();
  return useCallback(async () => {
    try {
      await request('/session', { method: 'DELETE' });
      window.location.assign('/login');
    } catch (error) {
      const detail = reasonOf(error);
      toast({ tone: 'err', title: t('You are still signed in'), detail });
    }
  }, [t]);
}
