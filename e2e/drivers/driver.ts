/** A browser that a test drives as its visitor would, with one page in front. */
export interface Driver {
  /** Goes to a URL as by the address bar, and waits until it is loaded. */
  open(url: string): Promise<void>;
  reload(): Promise<void>;
  /** Goes back; ends before the page is there. */
  back(): Promise<void>;
  /** Waits until there is such an element, and clicks on it with the pointer. */
  click(selector: string): Promise<void>;
  /**
   * Runs a function in the page; a promise is awaited.
   *
   * @param run Uses nothing from outside of itself.
   * @param args JSON values, as the result is.
   */
  evaluate<Args extends readonly unknown[], Result>(
    run: (...args: Args) => Result | Promise<Result>,
    ...args: Args
  ): Promise<Result>;
  /** Turns away from the page: it is hidden and stays alive. */
  hide(): Promise<void>;
  /** Closes the page, not the browser; the page may do what it does when it goes. */
  closePage(): Promise<void>;
  /** Ends the browser as its menu does. */
  quit(): Promise<void>;
  /** Ends all of the browser's processes at once, as a crash does. */
  kill(): Promise<void>;
}

/** How a browser is started. */
export interface DriverOptions {
  /** Turns on Global Privacy Control where the browser knows it. */
  readonly globalPrivacyControl?: boolean;
}
