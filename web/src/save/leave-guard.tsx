// Asks before unsaved work is left: inside the app, and by closing the page.
import { useBlocker } from '@tanstack/react-router';
import { isDirty, useEditor } from '@/editor/store';
import { useTranslation } from '@/language/translate';
import { ask } from '@/ui/confirm';

export function LeaveGuard() {
  const { t } = useTranslation();
  useBlocker({
    shouldBlockFn: async () => {
      if (!isDirty(useEditor.getState())) return false;
      const leave = await ask({
        title: t('Leave without saving?'),
        text: t('Your changes stay in this browser as a draft, and take no calls.'),
        yes: t('Leave'),
        no: t('Keep editing'),
      });
      return !leave;
    },
    enableBeforeUnload: () => isDirty(useEditor.getState()),
  });
  return null;
}
