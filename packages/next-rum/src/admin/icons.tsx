import type { ReactElement, ReactNode } from 'react';

interface IconProps {
  readonly children: ReactNode;
  /** Filled shapes are ratings, which must be told apart at 12 px; outlines are controls. */
  readonly filled?: boolean;
}

// Every icon stands beside text that says the same, so none is announced.
function Icon({ children, filled = false }: IconProps): ReactElement {
  return (
    <svg className="rum-icon" data-filled={filled || undefined} viewBox="0 0 16 16" aria-hidden="true">
      {children}
    </svg>
  );
}

export function GoodIcon(): ReactElement {
  return (
    <Icon filled>
      <circle cx="8" cy="8" r="7" />
      <path className="rum-icon-cut" d="m5 8.2 2.1 2.1L11 6.2" />
    </Icon>
  );
}

export function NeedsImprovementIcon(): ReactElement {
  return (
    <Icon filled>
      <path d="M8 1.3 15.4 14a.8.8 0 0 1-.7 1.2H1.3A.8.8 0 0 1 .6 14z" />
      <path className="rum-icon-cut" d="M8 6v4M8 12.4v.1" />
    </Icon>
  );
}

export function PoorIcon(): ReactElement {
  return (
    <Icon filled>
      <path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z" />
      <path className="rum-icon-cut" d="m5.8 5.8 4.4 4.4m0-4.4-4.4 4.4" />
    </Icon>
  );
}

export function AutoThemeIcon(): ReactElement {
  return (
    <Icon>
      <circle cx="8" cy="8" r="5.5" />
      <path className="rum-icon-fill" d="M8 2.5a5.5 5.5 0 0 1 0 11z" />
    </Icon>
  );
}

export function LightThemeIcon(): ReactElement {
  return (
    <Icon>
      <circle cx="8" cy="8" r="2.8" />
      <path d="M8 1.2v1.6M8 13.2v1.6M1.2 8h1.6M13.2 8h1.6M3.2 3.2l1.1 1.1M11.7 11.7l1.1 1.1M12.8 3.2l-1.1 1.1M4.3 11.7l-1.1 1.1" />
    </Icon>
  );
}

export function DarkThemeIcon(): ReactElement {
  return (
    <Icon>
      <path d="M13.4 9.6A5.8 5.8 0 0 1 6.4 2.6a5.8 5.8 0 1 0 7 7z" />
    </Icon>
  );
}

export function SignOutIcon(): ReactElement {
  return (
    <Icon>
      <path d="M6.2 2.5H3.6c-.6 0-1.1.5-1.1 1.1v8.8c0 .6.5 1.1 1.1 1.1h2.6M10.4 11l3-3-3-3M13.2 8H6.4" />
    </Icon>
  );
}

/** Points the way a column is sorted; turned over by CSS for ascending. */
export function SortIcon(): ReactElement {
  return (
    <Icon>
      <path d="M8 3.2v9.4M4.2 8.9 8 12.7l3.8-3.8" />
    </Icon>
  );
}

export function Logo(): ReactElement {
  return (
    <svg className="rum-logo" viewBox="0 0 24 24" aria-hidden="true">
      <rect width="24" height="24" rx="6.5" />
      <path d="M4.5 13.2h3.2l2.5-6 3.6 10 2.4-5.6.7 1.6h2.6" />
    </svg>
  );
}

export function OverviewIcon(): ReactElement {
  return (
    <Icon>
      <path d="M2.5 2.5h4.6v4.6H2.5zM8.9 2.5h4.6v4.6H8.9zM2.5 8.9h4.6v4.6H2.5zM8.9 8.9h4.6v4.6H8.9z" />
    </Icon>
  );
}

export function VitalsIcon(): ReactElement {
  return (
    <Icon>
      <path d="M1.8 8.6h2.6l2-5.4 3 9.6 2-4.2h2.8" />
    </Icon>
  );
}

export function PagesIcon(): ReactElement {
  return (
    <Icon>
      <path d="M4 1.8h5l3 3v9.4H4zM9 1.8v3h3M6.2 8.2h3.6M6.2 10.8h3.6" />
    </Icon>
  );
}

export function ErrorsIcon(): ReactElement {
  return (
    <Icon>
      <path d="M8 2.2 14.2 13H1.8zM8 6.4v3M8 11.2v.1" />
    </Icon>
  );
}

export function RequestsIcon(): ReactElement {
  return (
    <Icon>
      <path d="M2.2 5.2h9.6M9 2.4l2.8 2.8L9 8M13.8 10.8H4.2M7 8l-2.8 2.8L7 13.6" />
    </Icon>
  );
}

export function SessionsIcon(): ReactElement {
  return (
    <Icon>
      <path d="M1.8 4h8.4M4.6 8h9.6M2.6 12h5.8M12.2 12h.1" />
    </Icon>
  );
}

export function ActionsIcon(): ReactElement {
  return (
    <Icon>
      <path d="m5.2 5.2 7.6 3-3.2 1.4-1.4 3.2zM3 3l1 1M2.2 6.4h1.2M6.4 2.2v1.2" />
    </Icon>
  );
}

export function JourneysIcon(): ReactElement {
  return (
    <Icon>
      <path d="M2 3.5h3c4 0 3 9 7 9h2M2 12.5h3c1.4 0 2.2-1 2.8-2.3M9.2 5.8C9.8 4.5 10.6 3.5 12 3.5h2" />
    </Icon>
  );
}

export function ComponentsIcon(): ReactElement {
  return (
    <Icon>
      <path d="M8 1.8 13.6 5v6L8 14.2 2.4 11V5zM2.4 5 8 8.2 13.6 5M8 8.2v6" />
    </Icon>
  );
}

export function FunnelsIcon(): ReactElement {
  return (
    <Icon>
      <path d="M1.8 2.5h12.4L9.8 8.2v4.3l-3.6 1.4V8.2z" />
    </Icon>
  );
}

export function GoalsIcon(): ReactElement {
  return (
    <Icon>
      <path d="M3.5 14.5v-13M3.5 2.5h8.8l-2 3 2 3H3.5" />
    </Icon>
  );
}

export function LiveIcon(): ReactElement {
  return (
    <Icon>
      <circle cx="8" cy="8" r="1.6" />
      <path d="M4.6 11.4a4.8 4.8 0 0 1 0-6.8M11.4 4.6a4.8 4.8 0 0 1 0 6.8M2.6 13.4a7.6 7.6 0 0 1 0-10.8M13.4 2.6a7.6 7.6 0 0 1 0 10.8" />
    </Icon>
  );
}

export function HealthIcon(): ReactElement {
  return (
    <Icon>
      <path d="M8 1.8 13.2 4v3.6c0 3.2-2.2 5.6-5.2 6.6-3-1-5.2-3.4-5.2-6.6V4zM5.8 7.9l1.6 1.6 2.9-3" />
    </Icon>
  );
}

export function HelpIcon(): ReactElement {
  return (
    <Icon>
      <path d="M1.8 4h12.4v8H1.8zM4.4 6.6h.1M7 6.6h.1M9.4 6.6h.1M11.6 6.6h.1M5 9.4h6" />
    </Icon>
  );
}

export function FilterIcon(): ReactElement {
  return (
    <Icon>
      <path d="M2 3.8h12M4.2 8h7.6M6.4 12.2h3.2" />
    </Icon>
  );
}

export function CalendarIcon(): ReactElement {
  return (
    <Icon>
      <path d="M2.4 3.4h11.2v10.2H2.4zM2.4 6.6h11.2M5.4 1.8v3M10.6 1.8v3" />
    </Icon>
  );
}

export function CloseIcon(): ReactElement {
  return (
    <Icon>
      <path d="m4 4 8 8m0-8-8 8" />
    </Icon>
  );
}

export function PauseIcon(): ReactElement {
  return (
    <Icon>
      <path d="M5.4 3.4v9.2M10.6 3.4v9.2" />
    </Icon>
  );
}

export function InsightsIcon(): ReactElement {
  return (
    <Icon>
      <path d="M5.6 10.6a4.4 4.4 0 1 1 4.8 0v1.7H5.6zM6.4 14.6h3.2M8 1V.6M1.9 3l-.4-.3M14.1 3l.4-.3" />
    </Icon>
  );
}

export function BoardsIcon(): ReactElement {
  return (
    <Icon>
      <path d="M2 2.5h5.2v6.4H2zM8.8 2.5H14v3.6H8.8zM8.8 7.7H14v5.8H8.8zM2 10.5h5.2v3H2z" />
    </Icon>
  );
}

export function SettingsIcon(): ReactElement {
  return (
    <Icon>
      <path d="M2 4.5h7M12 4.5h2M2 11.5h2M7 11.5h7" />
      <circle cx="10.5" cy="4.5" r="1.6" />
      <circle cx="5.5" cy="11.5" r="1.6" />
    </Icon>
  );
}

export function BookmarkIcon(): ReactElement {
  return (
    <Icon>
      <path d="M4 2.2h8v11.6l-4-3-4 3z" />
    </Icon>
  );
}

/** Points right; turned by CSS for the other ways. */
export function ArrowIcon(): ReactElement {
  return (
    <Icon>
      <path d="M3 8h10M9 4l4 4-4 4" />
    </Icon>
  );
}
