import { Suspense, lazy, useEffect, useState } from "react";
import { onFirst } from "./notify";

const shown = () => import("./NoticeList");
const NoticeList = lazy(shown);

/** Where notices are shown. Their code comes once the page stands, so that it is there even when the network is not. */
export function Notices() {
  const [wanted, setWanted] = useState(false);
  useEffect(() => onFirst(() => setWanted(true)), []);
  useEffect(() => {
    const timer = window.setTimeout(() => void shown(), 2000);
    return () => window.clearTimeout(timer);
  }, []);
  return <Suspense>{wanted && <NoticeList />}</Suspense>;
}
