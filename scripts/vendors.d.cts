/** A vendor of the package. */
export interface Vendor {
	/** Its folder in `nodes`, which is also the class of its node: `EnosBpm`. */
	folder: string;
	/** The name of its node and of its emulator: `enosBpm`. */
	name: string;
	/** The name of its node in the editor: `EnOS BPM`. */
	displayName: string;
	/** What its page in `docs` and its examples are called: `enos-bpm`. */
	slug: string;
}

/** Every vendor, found from the folders of `nodes`, by folder. */
export const VENDORS: readonly Vendor[];

/** The names of all credential types, found from the files in `credentials`. */
export const CREDENTIAL_TYPES: readonly string[];
