import { sendRenewed } from '../../../nodes/termination/renewedByN8n';
import type { WireResponse } from '../../../nodes/termination/wire';

const OPTIONS = { url: '/x', ignoreHttpStatusErrors: { ignore: true as const, except: [401] } };
const answer = (status: number): WireResponse => ({ status, headers: {}, text: '' });

describe('a request whose session n8n renews', () => {
	it('is sent once where n8n hands over an answer that has nothing to do with the session', async () => {
		const send = jest.fn(async () => answer(500));
		expect(await sendRenewed({ renewedByN8n: [401] }, OPTIONS, send)).toEqual(answer(500));
		expect(send.mock.calls).toEqual([[OPTIONS]]);
	});

	it('goes once more, with a refusal as an error, where n8n has handed the refusal over', async () => {
		const send = jest.fn(async ({ ignoreHttpStatusErrors }: { ignoreHttpStatusErrors?: unknown }) =>
			answer(ignoreHttpStatusErrors === false ? 200 : 401),
		);
		expect(await sendRenewed({ renewedByN8n: [401] }, OPTIONS, send)).toEqual(answer(200));
		expect(send.mock.calls).toEqual([[OPTIONS], [{ ...OPTIONS, ignoreHttpStatusErrors: false }]]);
	});

	it('takes a refusal for an answer where there is nothing to renew', async () => {
		const send = jest.fn(async () => answer(401));
		expect(await sendRenewed({ renewedByN8n: [] }, OPTIONS, send)).toEqual(answer(401));
		expect(send).toHaveBeenCalledTimes(1);
	});
});
