// What a person types into a phone; its password is shown this once.
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { type NewDevice, softphoneQuery } from '@/api/office';
import { useTranslation } from '@/language/translate';
import { Facts } from '@/ui/facts';
import { ProblemLine } from '@/ui/problem-line';
import { ShownOnce } from '@/ui/shown-once';

const QrCode = lazy(() => import('@/ui/qr-code'));

const QR_PX = 176;

interface Props {
  account: string;
  title: string;
  device: NewDevice;
  onClose: () => void;
}

export function PhoneSettings({ account, title, device, onClose }: Props) {
  const { t } = useTranslation();
  const { data, error } = useQuery(softphoneQuery(account, device.id));
  const servers = (data?.servers ?? []).map(
    ({ server, port, transport }) => `${server}:${port} (${transport.toUpperCase()})`,
  );
  const settings: [string, string[]][] = [
    [t('User name'), [device.username]],
    [t('Domain'), [data?.domain ?? '']],
    [t('Server'), servers],
  ];
  const [user, ...where] = settings.map(([name, lines]) => `${name}: ${lines.join(', ')}`);
  const plain = [user, `${t('Password')}: ${device.secret}`, ...where].join('\n');
  return (
    <ShownOnce title={title} label={t('Password')} secret={device.secret} onClose={onClose}>
      <h3 className="mt-4 mb-2 font-medium">{t('Settings of the phone')}</h3>
      <Facts
        look="select-text"
        facts={settings.map(([name, lines]) => [
          name,
          <code key={name} className="t-code">
            {lines.join('\n')}
          </code>,
        ])}
      />
      {data && (
        <div className="mt-4 flex items-center gap-4 max-sm:flex-col max-sm:items-start">
          <Suspense fallback={<div style={{ width: QR_PX, height: QR_PX }} />}>
            <QrCode text={plain} size={QR_PX} label={t('The settings as a QR code')} />
          </Suspense>
          <p className="min-w-0 flex-1 t-small text-ink3">
            {t(
              'The same as a text, password included: point the phone’s camera at it and copy the lines into its softphone.',
            )}
          </p>
        </div>
      )}
      <ProblemLine problem={error} />
    </ShownOnce>
  );
}
