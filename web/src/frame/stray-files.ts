// A file that is dropped beside what takes files would be opened instead of the app, and what was
// typed there be lost.
function refuse(event: DragEvent): void {
  if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = 'none';
}

export function refuseStrayFiles(): void {
  window.addEventListener('dragover', refuse);
  window.addEventListener('drop', refuse);
}
