import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { CATEGORIES, type Category, countsQuery } from "./data";
import { addressOf } from "./filters";

const MANY = 1000;

/** The nine categories with their counts. */
export function Categories({ current, search }: { current: Category; search: URLSearchParams }) {
  const { t } = useTranslation("agreements");
  const { data } = useQuery(countsQuery);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => showCurrent(list.current), [current, data]);
  return (
    <nav aria-label={t("categories")} className="categories">
      <ul className="bare" ref={list}>
        {CATEGORIES.map((one) => (
          <li key={one}>
            <Link to={addressOf(search, "category", one)} aria-current={one === current ? "page" : undefined}>
              <span>{t(one)}</span>
              <span className="count number">{data && counted(data[one])}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** On a narrow screen the categories are a row that scrolls: the current one is brought into sight. */
function showCurrent(list: HTMLElement | null): void {
  const one = list?.querySelector<HTMLElement>("[aria-current]");
  if (!list || !one) return;
  list.scrollLeft += one.getBoundingClientRect().left - list.getBoundingClientRect().left - (list.clientWidth - one.offsetWidth) / 2;
}

function counted(count: number): string {
  return count >= MANY ? "1,000+" : String(count);
}
