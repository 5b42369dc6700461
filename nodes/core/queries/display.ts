/** The fields that items are to have. */
export interface Selection {
	/** The vendor's own name of the ID, which every item has. */
	idField: string;
	/** The names of the other fields, each once, in the order of the items. */
	fields: readonly string[];
}

/** The form in which rows are shown. */
export interface Display {
	/** Whether the simplified form is wanted. With a selection it is, and what it lacks comes from the raw one. */
	isSimple: boolean;
	/** Where only some fields are wanted. */
	selection?: Selection;
}
