/** A status text in a batch. */
export interface SubstitutionText {
	/** As it is sent in the third command, after `w0`, which was carried out, and `w1`, which was rejected. */
	text: string;
	/** The status that the workflow then has; the portal's own where nothing was left of the text. */
	status: string;
}

/** What a portal writes when it gets no status. */
const OWN = 'Execution interrupted.';

/** What a batch makes of status texts, as measured on the vendor's own server code of May 2026. */
export const CHANGED_TEXTS: readonly SubstitutionText[] = [
	{ text: '$result[w0]', status: '1' },
	{ text: '$resultat[w0]', status: '1' },
	{ text: '$result.x[y]', status: 'Array' },
	{ text: '$error_description[w1]', status: 'Array' },
	{ text: '$RESULT[w0]', status: OWN },
	{ text: 'ended at $time[w0][date_start]', status: 'ended at <time>' },
	// No blank to a server that reads bytes: no-break space, em space, line separator, ideographic space, byte order mark.
	{ text: '$result\u00a0[w0]', status: '1' },
	{ text: '$result\u2003[w0]', status: '1' },
	{ text: '$result\u2028[w0]', status: '1' },
	{ text: '$result[\u3000]', status: 'Array' },
	{ text: '$result\ufeff.x[y]', status: 'Array' },
];

/** Texts that stay as they are. */
export const KEPT_TEXTS: readonly string[] = [
	'$result [w0]',
	'$result[w0 ]',
	'$result\t[w0]',
	'$result',
	'$result[]',
	'result[w0]',
	'$price[w0]',
];
