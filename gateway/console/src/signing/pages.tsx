/** @jsxImportSource preact */
import { memo } from "preact/compat";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Api } from "./api";
import { FieldBox } from "./field";
import { inOrder } from "./order";
import type { Session } from "./session";
import type { Field, Page, State } from "./types";
import { t } from "./words";

interface Props {
  session: Session;
  state: State;
  first: HTMLImageElement | null;
  zoom: number;
  active: boolean;
  touch: (field: Field) => void;
}

/** Every page with its picture, its text for who cannot see it, and the fields on it in reading order. */
export function Pages({ session, state, first, zoom, active, touch }: Props) {
  const fields = inOrder(state.fields);
  const total = fields.length;
  return (
    <div class="sheets" style={{ "--zoom": zoom }}>
      {state.pages.map((page) => (
        <section key={page.number} class="sheet" aria-label={t("pageOf", { n: page.number + 1, m: state.pages.length })}
          style={{ aspectRatio: `${page.width} / ${page.height}` }}>
          <Picture api={session.api} page={page} first={page.number === 0 ? first : null} zoom={zoom} />
          <PageText api={session.api} page={page.number} />
          {active && fields.map((field, index) => field.page === page.number && (
            <FieldBox key={field.id} session={session} field={field} number={index + 1} total={total} touch={touch} />
          ))}
        </section>
      ))}
    </div>
  );
}

interface PictureProps {
  api: Api;
  page: Page;
  first: HTMLImageElement | null;
  zoom: number;
}

/** A page's picture: the small one first, the large one where the screen can show it. The first is the server's own. */
const Picture = memo(function Picture({ api, page, first, zoom }: PictureProps) {
  const slot = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const image = first ?? document.createElement("img");
    image.width = 800;
    image.height = Math.round((800 * page.height) / page.width);
    image.alt = "";
    if (!first) image.loading = "lazy";
    if (!first) image.src = api.pageImage(page.number, 800);
    slot.current?.replaceChildren(image);
  }, [page.number]);
  useEffect(() => {
    const image = slot.current?.firstElementChild as HTMLImageElement | null;
    if (!image || image.clientWidth * devicePixelRatio <= 840) return;
    const sharpen = () => void swap(image, api.pageImage(page.number, 1600));
    if (image.complete && image.naturalWidth) sharpen();
    else image.addEventListener("load", sharpen, { once: true });
    return () => image.removeEventListener("load", sharpen);
  }, [zoom]);
  return <div class="picture" ref={slot} />;
});

/** Show a sharper picture once it is here. */
async function swap(image: HTMLImageElement, src: string): Promise<void> {
  if (image.naturalWidth > 800 || image.dataset.sharp) return;
  image.dataset.sharp = "1";
  const next = new Image();
  next.src = src;
  await next.decode().then(() => { image.src = src; }, () => { delete image.dataset.sharp; });
}

/** The text of a page, fetched when the page comes near. */
function PageText({ api, page }: { api: Api; page: number }) {
  const slot = useRef<HTMLDivElement>(null);
  const [text, setText] = useState("");
  useEffect(() => {
    const watch = new IntersectionObserver((seen) => {
      if (!seen.some((one) => one.isIntersecting)) return;
      watch.disconnect();
      api.json<{ text: string }>("GET", `/pages/${page}/text`).then((told) => setText(told.text), () => undefined);
    }, { rootMargin: "800px" });
    if (slot.current) watch.observe(slot.current);
    return () => watch.disconnect();
  }, [page]);
  return <div class="spoken" ref={slot}>{text}</div>;
}
