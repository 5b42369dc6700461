import { setSettings } from './examples.mjs';
import { NIGHTLY, WEBHOOK, WEBHOOK_HEADER } from './scenario.mjs';
import { webhookBody } from './stage.mjs';
import { UserError } from './userError.mjs';

const SWITCHED_ON = { terminate: true };

/**
 * Runs the nightly cleanup, switched on.
 *
 * @returns {Promise<{ rows: object[], stoppedAt: string | undefined }>} the rows of its report, and the node that failed it
 */
export async function runNightly(n8n) {
	await setSettings(n8n, NIGHTLY, SWITCHED_ON);
	const { itemsOf, stoppedAt } = await n8n.runToTheEnd(NIGHTLY);
	return { rows: itemsOf('Report'), stoppedAt };
}

/**
 * Calls the webhook of the cancelled project.
 *
 * @param {Record<string, unknown>} [settings] changes of its node Settings; by default it is switched on
 * @returns {Promise<{ status: number, answer: object }>}
 */
export async function callCancelledProject(n8n, settings = SWITCHED_ON) {
	await setSettings(n8n, WEBHOOK, settings);
	await n8n.publish(WEBHOOK);
	const headers = { [WEBHOOK_HEADER.name]: WEBHOOK_HEADER.value };
	const { status, answer } = await n8n.callWebhook(WEBHOOK.path, headers, webhookBody());
	if (Array.isArray(answer.outcomes)) return { status, answer };
	throw new UserError(`The webhook answered ${status} without outcomes: ${JSON.stringify(answer)}`);
}
