// Whoever takes a row out of a list has the focus in it. It goes to the row that follows, or else to
// what adds one: the keyboard goes on from there, and not from the top of the page.
import type { MouseEvent } from 'react';

// For `onClick` of the row's last button, which takes the row out.
export function keepFocusInList({ currentTarget: button }: MouseEvent<HTMLElement>): void {
  const list = button.closest('ul, ol');
  const row = button.closest('li');
  const around = list?.parentElement;
  if (!list || !row || !around) return;
  const at = [...list.children].indexOf(row);
  setTimeout(() => {
    if (button.isConnected) return;
    const near = list.isConnected ? (list.children[at] ?? list.children[at - 1]) : undefined;
    const next = near?.querySelector<HTMLElement>('button:last-of-type');
    (next ?? around.querySelector<HTMLElement>('button, select'))?.focus();
  });
}
