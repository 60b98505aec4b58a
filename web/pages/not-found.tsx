import { Link } from "@tanstack/react-router";
import { Nothing } from "../parts/trouble.tsx";

export function NotFound() {
  return (
    <Nothing title="There is nothing at this address.">
      <Link to="/">All releases</Link>
    </Nothing>
  );
}
