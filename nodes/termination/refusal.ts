/** A parameter value that is refused before anything is sent. */
export class ParameterRefusal extends Error {
	/** How to get unstuck. */
	readonly hint: string;

	constructor(message: string, hint: string) {
		super(message);
		this.name = 'ParameterRefusal';
		this.hint = hint;
	}
}

/** A login or credential that is refused: nothing of the user's request was sent. */
export class CredentialRefusal extends Error {
	/** How to get unstuck. n8n copies this field into the error it shows. */
	readonly description: string;

	constructor(message: string, description: string) {
		super(message);
		this.name = 'CredentialRefusal';
		this.description = description;
	}
}
