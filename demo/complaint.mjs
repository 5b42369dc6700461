/**
 * Something that keeps the demo from running and that a person can act on. Its message is all that is shown;
 * any other error is a mistake in the demo itself and keeps its stack.
 */
export class Complaint extends Error {}
