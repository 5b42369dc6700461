import * as n8nWorkflow from 'n8n-workflow';
import type { DeclarativeRestApiSettings } from 'n8n-workflow';

type StatusErrors = Pick<DeclarativeRestApiSettings.HttpRequestOptions, 'ignoreHttpStatusErrors'>;

/** The HTTP statuses that are errors, redirects that are not followed among them. */
const ERROR_STATUSES = Array.from({ length: 300 }, (_, index) => 300 + index);

/**
 * Request options by which n8n hands over responses of these failing statuses, and no others. Older versions of n8n overlook
 * exceptions and would hand over every failure, a refused token too; they get no such option, and each status stays an
 * error. n8n knew exceptions before it had the function that is looked for.
 */
export function handedOver(
	statuses: readonly number[],
	library: Partial<typeof n8nWorkflow> = n8nWorkflow,
): StatusErrors {
	if (!library.getCredentialAllowedDomains) return {};
	const except = ERROR_STATUSES.filter((status) => !statuses.includes(status));
	return { ignoreHttpStatusErrors: { ignore: true, except } };
}
