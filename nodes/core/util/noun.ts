/** The names of a vendor and of what it runs, as they stand in sentences. */
export interface ResourceNoun {
	/** The vendor as users know it. */
	vendor: string;
	/** `workflow`. */
	singular: string;
	/** `workflows`. */
	plural: string;
}
