// What opens over the page gives the focus back to what had it before.
import { useState } from 'react';

// The entry of a menu goes away with the menu: then what opens that.
function opener(): Element | null {
  const had = document.activeElement;
  const menu = had?.closest('[role=menu]')?.getAttribute('aria-labelledby');
  return menu ? document.getElementById(menu) : had;
}

// → for `onCloseAutoFocus`
export function useFocusBack(): (event: Event) => void {
  const [before] = useState(opener);
  return (event) => {
    event.preventDefault();
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  };
}
