/**
 * A problem that the user of a command can solve. Only its message is shown; any other error is a defect of the demo itself
 * and is shown with its stack.
 */
export class UserError extends Error {}
