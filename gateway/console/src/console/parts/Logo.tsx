import { Link } from "react-router";

export function Logo() {
  return (
    <Link to="/" className="logo" aria-label="Signet">
      <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
        <rect width="32" height="32" rx="4" fill="#0052d9" />
        <path d="M7 21c5 0 5-11 9-11s1 11 5 11 2-4 4-4" fill="none" stroke="#fff" strokeWidth="2.5" />
      </svg>
      <span>Signet</span>
    </Link>
  );
}
