import { type RefObject, useEffect, useRef, useState } from "react";

/** Whether something has come near what the reader sees: what is far off need not be asked for. */
export function useSeen<Of extends Element>(): [RefObject<Of | null>, boolean] {
  const place = useRef<Of>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const element = place.current;
    if (element === null || seen) return;
    const watch = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true);
      },
      { rootMargin: "300px" },
    );
    watch.observe(element);
    return () => watch.disconnect();
  }, [seen]);
  return [place, seen];
}
