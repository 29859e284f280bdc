import { groupOf } from '@/catalog/groups';
import { iconOf } from '@/catalog/icons';

interface Props {
  module: string;
  group?: string | undefined;
  size?: 's' | 'm' | 'l' | 'xl';
  mute?: boolean;
}

// The coloured square with an action's icon.
export function Tile({ module, group, size = 'm', mute = false }: Props) {
  const Icon = iconOf(module, group);
  const sizes = { s: 'tile-s', m: '', l: 'tile-l', xl: 'tile-xl' };
  const colour = group && !mute ? groupOf(group).colour : null;
  const style = colour
    ? { color: `var(--g-${colour})`, background: `var(--g-${colour}-bg)` }
    : undefined;
  return (
    <span className={`tile ${sizes[size]} ${colour ? '' : 'tile-mute'}`} style={style}>
      <Icon aria-hidden />
    </span>
  );
}
