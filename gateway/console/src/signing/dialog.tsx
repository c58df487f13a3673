/** @jsxImportSource preact */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { t } from "./words";

interface Props {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
  foot?: ComponentChildren;
}

/** Give the focus back to what opened a dialog, unless something else has taken it. */
function giveBack(opener: Element | null): void {
  const taken = document.activeElement && document.activeElement !== document.body;
  if (taken || !(opener instanceof HTMLElement)) return;
  const menu = opener.closest("[popover]");
  const target = menu ? document.querySelector<HTMLElement>(`[popovertarget="${menu.id}"]`) : opener;
  target?.focus({ preventScroll: true });
}

/** A dialog: a sheet at the bottom on phones, a card on larger screens. The browser keeps the focus inside it. */
export function Dialog({ title, onClose, children, foot }: Props) {
  const box = useRef<HTMLDialogElement>(null);
  const name = useId();
  useEffect(() => {
    const dialog = box.current;
    if (!dialog) return;
    const opener = document.activeElement;
    if (!dialog.open) dialog.showModal();
    return () => {
      dialog.close();
      requestAnimationFrame(() => giveBack(opener));
    };
  }, []);
  const cancel = (event: Event) => {
    if (event.target !== box.current) return; // a file picker that is left without a choice bubbles a cancel of its own
    event.preventDefault();
    onClose();
  };
  return (
    <dialog ref={box} aria-labelledby={name} onCancel={cancel} onClick={(event) => event.target === box.current && onClose()}>
      <div class="box">
        <header>
          <h2 id={name}>{title}</h2>
          <button type="button" class="icon" aria-label={t("close")} onClick={onClose}>
            <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6l12 12M18 6L6 18" /></svg>
          </button>
        </header>
        <div class="body">{children}</div>
        {foot && <footer>{foot}</footer>}
      </div>
    </dialog>
  );
}
