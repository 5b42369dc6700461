import type { Verdict } from '../../core/commands/contract';
import type { Outcome } from '../../core/commands/vocabulary';
import { BUSY, CONFIGURATION, UNAVAILABLE } from '../../core/http/cause';
import { ATTEMPTS_TO_ISOLATE, ONE_REPETITION } from '../../core/http/limits';
import type { Stop } from '../../core/http/stops';

/** The outcome for a record after a known answer, and what the user reads about it. */
export interface KnownError extends Pick<Verdict, 'attempts' | 'cause' | 'stillRunning'> {
	outcome: Outcome;
	reason: string;
	hint: string;
	/** Set where other records would fail in the same way. */
	stop?: Stop['scope'];
}

/** What a message says about the records it names. */
export type RecordClass =
	| 'duplicate'
	| 'alreadyTerminated'
	| 'terminal'
	| 'inInitiation'
	| 'notFound'
	| 'ruleRefused'
	| 'refused'
	| 'unclear'
	| 'terminated';

/** Codes in `status` that readers look for ("Terminate Workflow and Non-Workflow BP Records"; "Response Error Codes"). */
export const CODE = {
	success: 200,
	/** "Server is encountering issues", also in a body of HTTP 200. */
	serverError: 500,
	/** "Invalid record_no". */
	invalidNumber: 657,
	/** A list's answer to a filter that it does not accept. */
	invalidFilter: 811,
	/** An assignee has accepted the task. */
	taskAccepted: 895,
	/** A rule of the business process stopped the command. */
	rule: 3000,
	tooManyRecords: 12753,
	/** Many records of a cost business process in one request. */
	onlyOne: 12754,
	/** Some records of the request were terminated, others not. */
	partial: 12755,
	incorrectNumber: 12756,
	inInitiation: 12757,
	terminal: 12758,
	alreadyTerminated: 12759,
	duplicates: 12760,
} as const;

/** Codes that say that there is no such record. */
export const NOT_FOUND_CODES: readonly number[] = [CODE.invalidNumber, CODE.incorrectNumber];

/** What to do if it is not known what happened to a record. */
export const READ_IT = 'Check the record in Unifier before you do anything else.';
const RULE_SOMEWHERE =
	'a rule of the business process blocked at least one record, and Unifier did not say which';
/** What to do if a repetition shows it. */
export const RUN_AGAIN =
	'It may have worked. Run the node again: a record that has ended in the meantime is reported as ended.';
const COMPANY_ADDRESS = 'it is the address of your company, such as https://unifier.oraclecloud.com/acme.';
/** Something other than Unifier has answered, as part of a sentence. */
export const OTHER_ADDRESS = 'response does not seem to come from Unifier';

/** What to do when something other than Unifier has answered. */
export const BASE_URL_HINT = `Check the 'Base URL' in the credential: ${COMPANY_ADDRESS}`;

/** The same in the test of the credential, where the user sees the field. */
export const BASE_URL_MESSAGE = `The ${OTHER_ADDRESS}. Check the 'Base URL': ${COMPANY_ADDRESS}`;

/** What a message says about one record ("Terminate Workflow and Non-Workflow BP Records", response codes). */
export const BY_CLASS: Readonly<
	Record<Exclude<RecordClass, 'terminated' | 'unclear'>, KnownError & { code?: string }>
> = {
	alreadyTerminated: {
		outcome: 'alreadyEnded',
		code: '12759',
		reason: 'it had been terminated earlier',
		hint: 'No action is needed: the record was terminated earlier.',
	},
	terminal: {
		outcome: 'alreadyEnded',
		code: '12758',
		reason: 'it had reached its normal end',
		hint: 'No action is needed: the record reached its normal end.',
	},
	notFound: {
		outcome: 'notFound',
		code: '12756',
		reason: 'this business process has no record with this number',
		hint: 'Check the record number, the business process and the project. Records of other projects are not found.',
	},
	inInitiation: {
		outcome: 'failed',
		code: '12757',
		reason: 'it is in the initiation step',
		hint: 'A draft that was never sent cannot be ended. Send it into its workflow, or delete it in Unifier.',
		stillRunning: true,
	},
	ruleRefused: {
		outcome: 'failed',
		code: '3000',
		reason: 'a rule of the business process blocked it',
		hint: "Fix the cause, or turn off 'Apply BP Rules' if you are allowed to.",
		// If it had ended, Unifier would say so whatever the rules are.
		stillRunning: true,
	},
	/** For a record that was sent alone; one that was sent with others is sent again alone. */
	duplicate: {
		outcome: 'failed',
		code: '12760',
		reason: 'Unifier treated it as a duplicate of another record number in the request',
		hint: 'The node sends each number once, so two numbers probably differ only in letter case or spaces.',
	},
	refused: {
		outcome: 'failed',
		reason: 'Unifier refused to terminate it',
		hint: 'Open the record in Unifier to see what is blocking it.',
	},
};

/** Responses that leave open what happened to a record. */
export const UNCLEAR = {
	notNamed: {
		outcome: 'unknown',
		reason: 'Unifier did not say what happened to this record',
		hint: READ_IT,
		attempts: ONE_REPETITION,
	},
	ruleSomewhere: {
		outcome: 'unknown',
		reason: RULE_SOMEWHERE,
		hint: `${READ_IT} If you terminate the records one at a time, each gets its own response.`,
		attempts: ATTEMPTS_TO_ISOLATE,
	},
	/** Each record is sent again in a smaller request. */
	ruleAmongThem: { outcome: 'unknown', reason: RULE_SOMEWHERE, hint: READ_IT },
	/** The records that are not named as duplicates are sent again without those that are. */
	repeatsAmongThem: {
		outcome: 'unknown',
		reason: 'Unifier refused the request because it contains duplicates, and this record is not one of them',
		hint: READ_IT,
	},
	unknownWords: {
		outcome: 'unknown',
		reason: 'Unifier described the result in words that this node does not recognize',
		hint: `${READ_IT} The node understands responses best if the language of the integration user is English.`,
		attempts: ONE_REPETITION,
	},
	contradiction: {
		outcome: 'unknown',
		reason: 'the response from Unifier contradicts itself about this record',
		hint: READ_IT,
		attempts: ONE_REPETITION,
	},
	noEnvelope: {
		outcome: 'unknown',
		reason: 'the response could not be read',
		hint: `A proxy may have answered instead of Unifier. ${READ_IT}`,
	},
} as const satisfies Record<string, KnownError>;

/** A request that Unifier has not understood. */
export const BAD_REQUEST: KnownError = {
	outcome: 'failed',
	reason: 'Unifier could not process the request',
	hint: 'Check the business process, the project and the record numbers.',
	cause: CONFIGURATION,
};

/** Codes that concern the whole request ("Terminate Workflow and Non-Workflow BP Records"; "Response Error Codes"). */
export const BY_CODE: Readonly<Record<number, KnownError>> = {
	500: {
		outcome: 'unknown',
		reason: 'the Unifier server is having trouble (code 500)',
		hint: RUN_AGAIN,
		cause: UNAVAILABLE,
	},
	602: {
		outcome: 'failed',
		reason: 'Unifier did not accept the project',
		hint: 'Check the project number; the project must be active.',
		cause: CONFIGURATION,
		stop: 'group',
	},
	603: {
		outcome: 'failed',
		reason: 'Unifier did not accept the business process',
		hint: 'Use the name exactly as Unifier shows it, in the same letter case. A company-level process takes no project; a project-level process requires one.',
		cause: CONFIGURATION,
		stop: 'group',
	},
	657: {
		outcome: 'failed',
		reason: 'Unifier did not accept one of the record numbers',
		hint: 'Check the record number.',
		cause: CONFIGURATION,
	},
	811: BAD_REQUEST,
	895: {
		outcome: 'failed',
		reason: 'Unifier refused it because an assignee has accepted the task',
		hint: 'Ask the assignee to finish or hand back the task, then run the node again.',
		cause: BUSY,
	},
	1101: BAD_REQUEST,
	1245: {
		outcome: 'failed',
		reason: 'Unifier read the project number as several numbers',
		hint: "Enter one number in 'Project'. Use a separate item for the records of another project.",
		cause: CONFIGURATION,
		stop: 'group',
	},
	3002: BAD_REQUEST,
	3006: {
		outcome: 'failed',
		reason: 'the business process is not active',
		hint: 'Activate the business process in its setup.',
		cause: CONFIGURATION,
		stop: 'group',
	},
	12753: {
		outcome: 'failed',
		reason: 'the request contained more records than Unifier accepts',
		hint: "Lower the option 'Records per Request'.",
	},
	12760: BY_CLASS.duplicate,
	12761: {
		outcome: 'failed',
		reason: 'Unifier does not offer termination for this business process',
		hint: 'This kind of business process cannot be ended through the API.',
		cause: CONFIGURATION,
		stop: 'group',
	},
	13001: {
		outcome: 'failed',
		reason: 'this business process belongs to a project or shell, and none was given',
		hint: "Fill in 'Project'.",
		cause: CONFIGURATION,
		stop: 'group',
	},
	17004: {
		outcome: 'failed',
		reason: 'Unifier found no record number in the request',
		hint: 'Enter at least one record number.',
	},
};

/** Code 12754. The records are sent again one by one; the user reads this only if Unifier refuses even that. */
export const ONE_BY_ONE: KnownError = {
	outcome: 'failed',
	reason: 'Unifier accepts only one record of a cost business process per request',
	hint: 'Each record was sent on its own and was still refused. Terminate it in Unifier.',
};
