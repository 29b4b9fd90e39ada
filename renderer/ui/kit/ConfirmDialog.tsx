import { AlertDialog } from 'radix-ui';
import { Button } from './Button';
import { DialogShade } from './Dialog';
import { useReturnFocus } from './use-return-focus';

interface ConfirmDialogProps {
  /** The question. */
  title: string;
  /** What would happen. */
  description: string;
  /** The button that changes nothing; it has the focus. */
  keep: string;
  confirm: string;
  onConfirm(): void;
  onCancel(): void;
}

/** Asks before something that cannot be taken back, or not easily. */
export function ConfirmDialog({ title, description, keep, confirm, onConfirm, onCancel }: ConfirmDialogProps) {
  const returnFocus = useReturnFocus();
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && onCancel()}>
      <AlertDialog.Portal>
        <DialogShade />
        {/* Keys belong to the dialog, not to what lies beneath. */}
        <AlertDialog.Content className="dialog confirm" onCloseAutoFocus={returnFocus} onKeyDown={(event) => event.stopPropagation()}>
          <div className="dialog-head">
            <AlertDialog.Title>{title}</AlertDialog.Title>
          </div>
          <AlertDialog.Description className="dialog-body">{description}</AlertDialog.Description>
          <div className="dialog-foot">
            <AlertDialog.Cancel asChild>
              <Button>{keep}</Button>
            </AlertDialog.Cancel>
            <AlertDialog.Action asChild>
              <Button kind="danger" onClick={onConfirm}>
                {confirm}
              </Button>
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
