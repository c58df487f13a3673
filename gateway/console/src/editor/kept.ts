import type { EditorDocument, EditorField, EditorRecipient } from "./model";

/** Where this device keeps the fields of an agreement until they are saved. */
export const placeOf = (agreement: string) => `signet-fields-${agreement}`;

export function keep(place: string, fields: EditorField[]): void {
  localStorage.setItem(place, JSON.stringify(fields));
}

export function drop(place: string): void {
  localStorage.removeItem(place);
}

interface Known {
  documents: EditorDocument[];
  recipients: EditorRecipient[];
  fields: EditorField[];
}

/** What was left unsaved on this device, without what has gone from the agreement since; null when all was saved. */
export function unsaved(place: string, { documents, recipients, fields }: Known): EditorField[] | null {
  const text = localStorage.getItem(place);
  if (!text) return null;
  const there = (field: EditorField) =>
    recipients.some((one) => one.id === field.recipient_id) &&
    documents.some((one) => one.id === field.document_id && field.page < one.pages.length);
  const known = new Set(fields.map((one) => one.id));
  return (JSON.parse(text) as EditorField[]).filter(there).map(({ id, ...rest }) => (known.has(id) ? { ...rest, id } : rest));
}
