import { omit } from '../../../../nodes/core/util/omit';

describe('omit', () => {
	it('copies an object without the named fields', () => {
		const whole = { id: '1', reason: 'gone', hint: undefined };
		expect(omit(whole, 'reason')).toStrictEqual({ id: '1', hint: undefined });
		expect(omit(whole, 'reason', 'hint')).toStrictEqual({ id: '1' });
		expect(whole).toStrictEqual({ id: '1', reason: 'gone', hint: undefined });
	});

	it('takes no field from an object that does not have it', () => {
		const whole: { id: string; reason?: string } = { id: '1' };
		expect(omit(whole, 'reason')).toStrictEqual({ id: '1' });
	});
});
