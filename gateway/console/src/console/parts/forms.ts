import i18next from "i18next";
import type { FieldPath, FieldValues, UseFormSetError } from "react-hook-form";
import * as v from "valibot";
import { Problem } from "../../api/problem";
import { ADDRESS } from "./address";

export const address = () =>
  v.pipe(v.string(), v.trim(), v.regex(ADDRESS, () => i18next.t("emailWrong")), v.maxLength(254));
export const filled = () => v.pipe(v.string(), v.trim(), v.minLength(1, () => i18next.t("required")));
export const sixDigits = () => v.pipe(v.string(), v.trim(), v.regex(/^\d{6}$/, () => i18next.t("entrance:codeWrong")));

/** Put the server's words beside the fields they are about; the others stay with the form. */
export function placeErrors<T extends FieldValues>(error: unknown, names: FieldPath<T>[], set: UseFormSetError<T>) {
  const told = error instanceof Problem ? error.fields : {};
  for (const name of names) if (told[name]) set(name, { message: told[name] });
}
