// Media: all of the Media section, "No media" first; play and upload in place.
import { useQuery } from '@tanstack/react-query';
import { Check, ChevronDown, Music, Upload } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useEffect, useRef } from 'react';
import { mediaQuery } from '@/api/queries';
import { minutes } from '@/callflow/face';
import { useTranslation } from '@/language/translate';
import { FileButton } from '@/media/file-button';
import { PlayButton } from '@/media/play-button';
import { RecordButton } from '@/media/record-button';
import { useUploads } from '@/media/uploads';
import { Waveform } from '@/media/waveform';
import { useAccount } from '@/session/account';
import { Hint } from '@/ui/hint';

interface Props {
  label: string;
  value: string;
  onChange: (media: string) => void;
  hint?: string | undefined;
  optional?: boolean;
  problem?: string | null;
}

export function MediaField(props: Props) {
  const { label, value, onChange, hint, optional = true, problem } = props;
  const { t } = useTranslation();
  const { id: account } = useAccount();
  const { data: media } = useQuery(mediaQuery(account));
  const { list, send } = useUploads(account);
  const chosen = media?.find((one) => one.id === value);
  const missing = value !== '' && media !== undefined && !chosen;
  const told = useRef(onChange); // the form goes on being filled in while a file is sent
  useEffect(() => {
    told.current = onChange;
  });
  const take = (file: File | undefined) =>
    file && void send({ file, onSent: ({ id }) => told.current(id) });
  const running = list.at(-1);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping a file is a shortcut
    <div
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        take(event.dataTransfer.files[0]);
      }}
    >
      <div className="mb-1.5 flex items-baseline">
        <span className="font-medium">{label}</span>
        {optional && <span className="ml-auto t-small text-ink3">{t('Optional')}</span>}
      </div>
      <div className="flex gap-2 max-sm:flex-wrap">
        <div className="field !gap-1.5 !pl-1.5" data-bad={missing || Boolean(problem)}>
          {chosen ? (
            <PlayButton account={account} media={chosen} />
          ) : (
            <Music aria-hidden className="ml-1" />
          )}
          <DropdownMenu.Root modal={false}>
            <DropdownMenu.Trigger asChild>
              <button
                type="button"
                className="flex min-w-0 flex-1 items-center gap-2 self-stretch outline-none"
                data-media-menu
              >
                <span className="sr-only">{label}: </span>
                <span className="flex-1 truncate">
                  {chosen?.name ?? (missing ? value : t('No media'))}
                </span>
                {chosen && (
                  <>
                    <Waveform
                      account={account}
                      media={chosen.id}
                      bars={20}
                      height={16}
                      className="text-ink3 max-sm:hidden"
                    />
                    <span className="t-small text-ink3">{minutes(chosen.duration_ms)}</span>
                  </>
                )}
                <ChevronDown aria-hidden className="!h-3.5 !w-3.5 text-ink3" />
              </button>
            </DropdownMenu.Trigger>
            <DropdownMenu.Portal>
              <DropdownMenu.Content
                className="menu max-h-72 w-80 overflow-y-auto"
                align="start"
                sideOffset={8}
              >
                <Option name={t('No media')} on={value === ''} run={() => onChange('')} />
                {(media ?? []).map((one) => (
                  <Option
                    key={one.id}
                    name={one.name}
                    aside={minutes(one.duration_ms)}
                    on={one.id === value}
                    run={() => onChange(one.id)}
                  />
                ))}
              </DropdownMenu.Content>
            </DropdownMenu.Portal>
          </DropdownMenu.Root>
        </div>
        <FileButton
          words={t('Upload')}
          fileWords={t('Audio file')}
          Icon={Upload}
          look="btn-lg"
          onFiles={([file]) => take(file)}
        />
        <RecordButton look="btn-lg" bare onSound={(file) => take(file)} />
      </div>
      {running && !running.error && (
        <progress
          className="mt-1.5 h-1 w-full"
          aria-label={running.name}
          value={running.sent}
          max={running.total || 1}
        />
      )}
      {running?.error && <Hint tone="err">{running.error}</Hint>}
      {running?.again && (
        <button type="button" className="btn btn-sm mt-1.5" onClick={running.again}>
          {t('Try again')}
        </button>
      )}
      {missing && <Hint tone="err">{t('This media is not there any more. Choose another.')}</Hint>}
      {problem && <Hint tone="err">{problem}</Hint>}
      {!running && !missing && !problem && hint && <Hint>{hint}</Hint>}
    </div>
  );
}

interface OptionProps {
  name: string;
  aside?: string;
  on: boolean;
  run: () => void;
}

function Option({ name, aside, on, run }: OptionProps) {
  return (
    <DropdownMenu.Item className="menu-item items-center" onSelect={run}>
      <span className="grid w-4 place-items-center">{on && <Check aria-hidden />}</span>
      <span className="flex-1 truncate">{name}</span>
      {aside && <span className="t-small text-ink3">{aside}</span>}
    </DropdownMenu.Item>
  );
}
