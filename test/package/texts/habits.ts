/** A way of writing that reads as foreign, or that says one thing in several ways. */
export interface Habit {
	/** Found anywhere in a text; in a single sentence where `inSentence` is set, whose `^` and `$` are its ends. */
	pattern: RegExp;
	inSentence?: true;
	/** Why not, and what to write in its place. */
	reason: string;
}

/** Habits that no text for users has, be it a label, a message or a page. */
export const HABITS: readonly Habit[] = [
	{
		pattern: /^Of\b/,
		inSentence: true,
		reason: 'a sentence that begins with "Of": put the subject first',
	},
	{
		pattern: /^Who(ever)?\b(?!.*\?$)/,
		inSentence: true,
		reason: 'a sentence that begins with "Who" or "Whoever": write "anyone who", "people who" or "you"',
	},
	{
		pattern:
			/^What (is|are|was|were|has|have|had|cannot|can|n8n|it|you|they|the)\b.*\b(is|are|was|were|has|have|had|will|counts?|stays?|runs?)\b(?!.*\?$)/,
		inSentence: true,
		reason: 'a sentence like "What is … is …": name the thing',
	},
	{
		pattern: /^Where (?!to\b).*,(?!.*\?$)/,
		inSentence: true,
		reason: '"Where" for a condition: write "If" or "When"',
	},
	{ pattern: /\blog-?(in|on)s\b|\blog-(in|on)\b/i, reason: 'write "login" (noun) or "log in" (verb)' },
	{ pattern: /\balike\b/i, reason: '"alike": write "in the same way", "both" or "all"' },
	{
		pattern: /\b(told|tells)\b/i,
		reason: 'an answer or a node does not tell: write "says", "returns" or "shows"',
	},
	{ pattern: /\b(is|are|was|were) none\b/i, reason: '"is none": write "there is no …" or "none exists"' },
	{ pattern: /\ba blank\b/i, reason: 'write "a space" or "empty"' },
	{ pattern: /\bby then\b/i, reason: '"by then": say which moment' },
	{ pattern: /\bneither on nor off\b/i, reason: 'write "must be true or false"' },
	{
		pattern: /\bthan\b.*\bis one\b|\bthat is one\b/i,
		reason: '"is one" as the end of a thought: name the thing again',
	},
	{ pattern: /\bmay well\b|\bmight well\b/i, reason: 'write "may" or "can"' },
	{ pattern: /\bthat much\b/i, reason: '"that much": name the number or the limit' },
	{ pattern: /\bso many\b/i, reason: '"so many": name the number, or write "this number of"' },
	{ pattern: /\bbesides(?=[.,;:)]|$)/i, reason: '"besides" at the end: write "also" or "in addition"' },
	{ pattern: /\s[—–]\s|—/, reason: 'a dash as an aside: make two sentences, or use a comma or a colon' },
	{
		pattern:
			/\b\w+n['’]t\b|\b(it|that|there|here|what|who|let|he|she)['’]s\b|\b\w+['’](re|ve|ll)\b|\bI['’]m\b/i,
		reason: 'a contraction: write both words',
	},
	{ pattern: /\bnothing was sent for (it|them)\b/i, reason: 'write "no request was sent"' },
	{
		pattern: /\b(came?|coming|comes) (to nothing|about)\b/i,
		reason: 'write "returned nothing", "failed" or "happened"',
	},
	{ pattern: /\b(comes?|came) out empty\b/i, reason: 'write "is empty" or "returns nothing"' },
	{ pattern: /\blet (that|it) give\b/i, reason: 'write "make sure that the expression returns …"' },
	{
		pattern: /\b(the|a) (step|node) before(?! (the|it|you|any|each|\w+ing)\b)/i,
		reason: 'write "the previous node" or "an earlier node"',
	},
	{ pattern: /\bas it comes\b/i, reason: 'write "by default" or "as imported"' },
	{ pattern: /\bnobody vouches\b/i, reason: 'write "self-signed" or "that cannot be verified"' },
	{ pattern: /\bhears? of\b/i, reason: 'write "is notified" or "learns about"' },
	{ pattern: /\banew\b/i, reason: 'write "again"' },
	{ pattern: /\bin clear\b/i, reason: 'write "unencrypted" or "in plain text"' },
	{ pattern: /\bshall\b/i, reason: 'write "must", "should" or "will"' },
	{ pattern: /\bin order to\b/i, reason: 'write "to"' },
	{ pattern: /\bplease\b/i, reason: 'an instruction needs no "please"' },
	{ pattern: /\b(e-mail|e-mails)\b/i, reason: 'write "email", as n8n does' },
];

/** Beside those, habits that no message, label or description of the nodes has; a page may need these words. */
export const MESSAGE_HABITS: readonly Habit[] = [
	{ pattern: /\b(problems?|mistakes?)\b/i, reason: "n8n's UX rules: say what happened" },
	{ pattern: /\b(sorry|oops|unfortunately)\b/i, reason: 'a message does not apologise' },
	{ pattern: /\ban? (unexpected |unknown )?error (has )?occurred\b/i, reason: 'say what happened' },
];
