import type { Switches } from './switches.ts';

/** An error of the REST API: code, description and HTTP status as documented and as in the server code. */
export class RestError extends Error {
	readonly code: string;
	readonly description: string;
	private readonly docsStatus: number;
	private readonly codeStatus: number;

	constructor(code: string, description: string, docsStatus: number, codeStatus: number = docsStatus) {
		super(description);
		this.code = code;
		this.description = description;
		this.docsStatus = docsStatus;
		this.codeStatus = codeStatus;
	}

	statusFor(authStatus: Switches['authStatus']): number {
		return authStatus === 'docs' ? this.docsStatus : this.codeStatus;
	}
}

/**
 * An error of PHP itself, which the REST layer of the server does not catch: it ends the request where it happens, and
 * what was done before stays done.
 */
export class ServerCrash extends Error {}

/** The wording of page "Error codes" and of the method pages. */
export const errors = {
	methodNotFound: () => new RestError('ERROR_METHOD_NOT_FOUND', 'Method not found!', 404),
	noAuthFound: () => new RestError('NO_AUTH_FOUND', 'Wrong authorization data', 401),
	invalidCredentials: () => new RestError('INVALID_CREDENTIALS', 'Invalid request credentials', 403, 401),
	expiredToken: () => new RestError('expired_token', 'The access token provided has expired', 401),
	userAccess: () =>
		new RestError('user_access_error', 'The user does not have access to the application', 403, 401),
	httpsRequired: () => new RestError('INVALID_REQUEST', 'Https required', 400, 401),
	paymentRequired: () => new RestError('PAYMENT_REQUIRED', 'Payment required', 401),
	portalDeleted: () => new RestError('PORTAL_DELETED', 'Portal was deleted', 500, 403),
	/** The documentation and each generation of the server code word it differently. */
	noRestOnPlan: (description: string) => new RestError('ACCESS_DENIED', description, 403, 401),
	/** The owner of a webhook is blocked or dismissed; as the server code answers to every method. */
	unableToAuthorize: () => new RestError('authorization_error', 'Unable to authorize user', 401),
	/** The user may not use the REST API at all. */
	wrongContext: () =>
		new RestError('ACCESS_DENIED', "Current user can't be authorized in this context", 403, 401),
	insufficientScope: (description: string) => new RestError('insufficient_scope', description, 403, 401),
	rateLimit: () => new RestError('QUERY_LIMIT_EXCEEDED', 'Too many requests', 503),
	operatingTime: () =>
		new RestError('OPERATION_TIME_LIMIT', 'Method is blocked due to operation time limit.', 429),
	overload: () => new RestError('OVERLOAD_LIMIT', 'REST API is blocked due to overload.', 503, 401),
	/** Two list pages print 400 where all others print 403. */
	accessDenied: (docsStatus: 400 | 403 = 403) =>
		new RestError('ACCESS_DENIED', 'Access denied!', docsStatus, 403),
	emptyWorkflowId: () => new RestError('ERROR_WRONG_WORKFLOW_ID', 'Empty workflow instance ID', 400),
	workflowIdNoText: () =>
		new RestError('ERROR_WRONG_WORKFLOW_ID', 'Invalid workflow instance ID (string expected)', 400),
	emptyTemplateId: () => new RestError('ERROR_WRONG_WORKFLOW_ID', 'Empty TEMPLATE_ID', 400),
	templateNotFound: () => new RestError('ERROR_WRONG_WORKFLOW_ID', 'Template not found', 400),
	/** Everything the workflow engine throws arrives with an empty code. */
	engine: (description: string, code = '') => new RestError(code, description, 400),
	internal: () => new RestError('INTERNAL_SERVER_ERROR', 'Internal server error', 500),
	/** Nothing of the vendor may look like this. */
	notPlayed: (what: string) => new RestError('SANDBOX_NOT_PLAYED', `The sandbox does not play ${what}`, 501),
	batchLength: () => new RestError('ERROR_BATCH_LENGTH_EXCEEDED', 'Max batch length exceeded', 400),
	batchMethod: () =>
		new RestError('ERROR_BATCH_METHOD_NOT_ALLOWED', 'Method is not allowed for batch usage', 405),
};

/** Texts that the server writes in the portal's language. */
export const localised: Record<Switches['lang'], { notFound: string; interrupted: string }> = {
	en: { notFound: 'The business process is not found.', interrupted: 'Execution interrupted.' },
	ru: { notFound: 'Бизнес-процесс не найден', interrupted: 'Выполнение прервано.' },
};
