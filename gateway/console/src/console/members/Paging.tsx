import { Button, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";

interface Props {
  page: number;
  total: number;
  size: number;
}

/** Which page of how many; the page is part of the address. */
export function Paging({ page, total, size }: Props) {
  const { t } = useTranslation(["members", "common"]);
  const [search] = useSearchParams();
  const last = Math.max(1, Math.ceil(total / size));
  const to = (number: number) => {
    const other = new URLSearchParams(search);
    if (number > 1) other.set("page", String(number));
    else other.delete("page");
    return `?${other}`;
  };
  if (last === 1 && page === 1) return null;
  return (
    <Group component="nav" aria-label={t("pages")} gap="sm">
      {page > 1 && <Button component={Link} variant="default" to={to(Math.min(page - 1, last))}>{t("common:previous")}</Button>}
      <Text size="sm" c="var(--muted)">{t("pageOf", { page, last })}</Text>
      {page < last && <Button component={Link} variant="default" to={to(page + 1)}>{t("common:next")}</Button>}
    </Group>
  );
}
