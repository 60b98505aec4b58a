/** Where the public page's files lie, for any web server to serve. */
export interface PageFolder {
  /**
   * Puts files there, each whole or not at all, and only those whose text is another than what lies there.
   * @param files texts by the files' names
   */
  put(files: Readonly<Record<string, string>>): Promise<void>;
}
