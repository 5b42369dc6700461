/** One thing to act on, and where it came from. */
export interface Target<Settings> {
	/** The vendor's ID, trimmed and checked. */
	id: string;
	/** Index of the input item that named it. */
	item: number;
	/** What the vendor needs beside the ID. */
	settings: Settings;
}
