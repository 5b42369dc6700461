import { handedOver } from '../../../../../nodes/core/n8n/transport/handedOver';

it('hands over the named statuses alone', () => {
	const { ignoreHttpStatusErrors } = handedOver([403, 404]);
	const { ignore, except } = ignoreHttpStatusErrors as { ignore: boolean; except: number[] };
	expect(ignore).toBe(true);
	expect(except).toHaveLength(298);
	for (const status of [300, 302, 400, 401, 402, 405, 429, 500, 599]) expect(except).toContain(status);
	for (const status of [200, 204, 403, 404]) expect(except).not.toContain(status);
});

it('hands over nothing where n8n may not know exceptions', () => expect(handedOver([403], {})).toEqual({}));
