import { ApiVersion, B24Hook, B24OAuth } from '@bitrix24/b24jssdk';
import type { B24OAuthParams, B24OAuthSecret } from '@bitrix24/b24jssdk';

/** What the SDK connects with: the URL of a webhook, or what an application knows of its user. */
export type Connection =
	{ webhookUrl: string } | { application: B24OAuthSecret; grant: Partial<B24OAuthParams> };

/** One use of the SDK, by the name of its own action. */
export type Use =
	| { call: string; params?: object }
	/** A call and all pages behind it, by the SDK's own paging. */
	| { pages: string; params?: object }
	| { callList: string; params?: object }
	| { fetchList: string; params?: object }
	| { batch: unknown; isHaltOnError?: boolean }
	| { batchByChunk: unknown[] }
	| { isAdmin: true };

/** What the test asks of this process, and what it is told. */
export interface Job {
	connection: Connection;
	uses: Use[];
}
export type Told = { results: unknown[] } | { error: string };

process.on('message', (job: Job) => {
	void answer(job).then((told) => process.send?.(told));
});

async function answer({ connection, uses }: Job): Promise<Told> {
	try {
		const b24 = connect(connection);
		const results: unknown[] = [];
		for (const use of uses) results.push(await resultOf(b24, use));
		return { results };
	} catch (error) {
		return { error: String(error) };
	}
}

function connect(connection: Connection): B24Hook | B24OAuth {
	if ('webhookUrl' in connection) return B24Hook.fromWebhookUrl(connection.webhookUrl);
	return new B24OAuth(connection.grant as B24OAuthParams, connection.application);
}

async function resultOf(b24: B24Hook | B24OAuth, use: Use): Promise<unknown> {
	const { v2 } = b24.actions;
	if ('call' in use) {
		const result = await v2.call.make({ method: use.call, params: { ...use.params } });
		return { ...result.getData(), total: result.getTotal(), isMore: result.isMore() };
	}
	if ('pages' in use) {
		const pages: unknown[] = [];
		let result = await v2.call.make({ method: use.pages, params: { ...use.params } });
		for (;;) {
			pages.push(result.getData()?.result);
			const next = await result.getNext(b24.getHttpClient(ApiVersion.v2));
			if (next === false) return pages;
			result = next;
		}
	}
	if ('callList' in use) {
		return (await v2.callList.make({ method: use.callList, params: { ...use.params } })).getData();
	}
	if ('fetchList' in use) {
		const chunks: unknown[] = [];
		const list = v2.fetchList.make({ method: use.fetchList, params: { ...use.params } });
		for await (const chunk of list) chunks.push(chunk);
		return chunks;
	}
	if ('batch' in use) {
		const { batch: calls, isHaltOnError = true } = use;
		const options = { isHaltOnError, returnAjaxResult: false };
		return (await v2.batch.make({ calls: calls as never, options })).getData();
	}
	if ('batchByChunk' in use) {
		return (await v2.batchByChunk.make({ calls: use.batchByChunk as never, options: {} })).getData();
	}
	if (b24 instanceof B24OAuth) await b24.initIsAdmin();
	return b24.auth.isAdmin;
}
