import { useQuery } from "@tanstack/react-query";
import { accountQuery } from "../account/data";

/** The picture of the person who is logged in, or their initial. */
export function Face({ name, size = 36 }: { name: string; size?: number }) {
  const { data } = useQuery({ ...accountQuery, staleTime: 60_000 });
  return (
    <span className="face" data-size={size > 40 ? "large" : "small"} aria-hidden="true">
      {data?.avatar ? <img src={data.avatar} alt="" /> : ([...name.trim()][0]?.toUpperCase() ?? "?")}
    </span>
  );
}
