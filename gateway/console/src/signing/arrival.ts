import { useEffect, useRef } from "preact/hooks";

let arrived = false;

/** For the heading of a screen: it takes the focus when its screen takes the place of another one. */
export function useArrival() {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (arrived) heading.current?.focus({ preventScroll: true });
    arrived = true;
  }, []);
  return heading;
}
