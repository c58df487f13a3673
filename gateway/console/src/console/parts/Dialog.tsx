import { Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  opened: boolean;
  close: () => void;
  title: ReactNode;
  size?: string;
  /** Closed by a button only: what it shows is not shown again. */
  stays?: boolean;
  children: ReactNode;
}

/** A dialog. Its head is no `header`: a page has one banner only. */
export function Dialog({ opened, close, title, size = "md", stays = false, children }: Props) {
  const { t } = useTranslation();
  return (
    <Modal.Root opened={opened} onClose={close} size={size} centered closeOnClickOutside={!stays} closeOnEscape={!stays}>
      <Modal.Overlay />
      <Modal.Content>
        <div className="dialog-head">
          <Modal.Title className="wrap" fw={600} fz="lg">{title}</Modal.Title>
          {!stays && <Modal.CloseButton aria-label={t("close")} />}
        </div>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
