import fc from 'fast-check';

import { fitStatusText } from '../../../../nodes/Bitrix24/api/statusText';

/** What the default of the field comes to in a workflow of this name. */
const byDefault = (name: string, execution = '4711'): string =>
	`Terminated by n8n workflow "${name}", execution ${execution}`;

describe('the status text as it is sent', () => {
	it('is what was given, up to 255 characters', () => {
		for (const text of ['', 'Beendet – von n8n', byDefault('Clean up'), 'x'.repeat(255)]) {
			expect(fitStatusText(text)).toBe(text);
		}
	});

	it('loses of the name of the workflow what is too much, and nothing of the execution', () => {
		for (const execution of ['7', '4711', '01978f3e-7f0c-7000-8000-123456789abc']) {
			const fitted = fitStatusText(byDefault(`Night ${'and day '.repeat(60)}`, execution));
			expect(fitted).toMatch(
				new RegExp(`^Terminated by n8n workflow "Night and day .*….*", execution ${execution}$`),
			);
			expect(fitted).toHaveLength(255);
		}
	});

	it('is cut between characters, never through one', () => {
		for (let before = 0; before < 4; before += 1) {
			const fitted = fitStatusText(byDefault('a'.repeat(before) + '🙂'.repeat(200)));
			expect(fitted).not.toMatch(/\p{Surrogate}/u);
			expect(fitted.length).toBeLessThanOrEqual(255);
		}
	});

	it('is never too long or broken, and keeps both ends, whatever it was', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', minLength: 200, maxLength: 600 }), (text) => {
				const fitted = fitStatusText(text);
				expect(fitted.length).toBeLessThanOrEqual(255);
				expect(fitted).not.toMatch(/\p{Surrogate}/u);
				const [head = '', tail = ''] = fitted === text ? [text] : fitted.split('…');
				if (!text.includes('…')) expect(text.startsWith(head) && text.endsWith(tail)).toBe(true);
			}),
			{ numRuns: 100 },
		);
	});
});
