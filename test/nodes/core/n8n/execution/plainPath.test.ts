import { plainPathIn, textAt } from '../../../../../nodes/core/n8n/execution/plainPath';

describe('plainPathIn', () => {
	it.each([
		['={{ $json.id }}', ['id']],
		['={{$json.id}}', ['id']],
		['={{\n\t$json.id  }}', ['id']],
		['={{ $json.a.b.c }}', ['a', 'b', 'c']],
		['={{ $json["a b"] }}', ['a b']],
		["={{ $json['a'] }}", ['a']],
		[`={{ $json["it's"]['a "b"'].c }}`, ["it's", 'a "b"', 'c']],
		['={{ $json["a.b"][""] }}', ['a.b', '']],
		['={{ $json.rows[0].id }}', ['rows', '0', 'id']],
		['={{ $json[10] }}', ['10']],
		['={{ $json.größe.$x._y }}', ['größe', '$x', '_y']],
		['={{ $json["日本 🎉"] }}', ['日本 🎉']],
		['={{ $json.if.class }}', ['if', 'class']],
	])('%s is a path', (raw, path) => {
		expect(plainPathIn(raw)).toEqual(path);
	});

	it.each([
		'$json.id',
		'{{ $json.id }}',
		' ={{ $json.id }}',
		'={{ $json.id }} ',
		'=x{{ $json.id }}',
		'={{ $json.id }}{{ $json.id }}',
		'={{ $json.id }} {{ $json.a }}',
		'=={{ $json.id }}',
		'={{ $json }}',
		'={{ }}',
		'={{ $json.id; }}',
		'={{ ($json.id) }}',
		'={{ $json.id.trim() }}',
		'={{ $json.id() }}',
		'={{ $json.id + "" }}',
		'={{ $json.id || $json.a }}',
		'={{ $json?.id }}',
		'={{ $json.a?.["b"] }}',
		'={{ $json .id }}',
		'={{ $json. id }}',
		'={{ $json["a" ] }}',
		'={{ $json[id] }}',
		'={{ $json[$json.id] }}',
		'={{ $json[`id`] }}',
		'={{ $json["a\\"b"] }}',
		'={{ $json["a\\u0062"] }}',
		'={{ $json["a" + "b"] }}',
		'={{ $json["a}}"] }}',
		'={{ $json["{{ a"] }}',
		'={{ $json["a\nb"] }}',
		'={{ $json["\u2028"] }}',
		'={{ $json["\ud800"] }}',
		'={{ $json[\'a"] }}',
		'={{ $json[01] }}',
		'={{ $json[-1] }}',
		'={{ $json[1.0] }}',
		'={{ $json[1e3] }}',
		'={{ $json[12345678901] }}',
		'={{ $json.1a }}',
		'={{ $json.a-b }}',
		'={{ $json.a b }}',
		'={{ $json.\\u0061 }}',
		'={{ $json.id /* the ID */ }}',
		'={{ /* */ $json.id }}',
		'={{ $json.id // }}',
		'={{ \u00a0$json.id }}',
		'={{ $json.__proto__ }}',
		'={{ $json["constructor"].name }}',
		'={{ $json.a.hasOwnProperty }}',
		'={{ $jsonx.id }}',
		'={{ $Json.id }}',
		'={{ json.id }}',
		'={{ $$json.id }}',
		'={{ $input.item.json.id }}',
		"={{ $('Set').item.json.id }}",
		'={{ $node["Set"].json.id }}',
		'={{ $data.id }}',
		'={{ $item(0).$json.id }}',
		'={{ this.$json.id }}',
		'={{ $json.id, $json.a }}',
		'={{ !$json.id }}',
		'={{ typeof $json.id }}',
		'={{ await $json.id }}',
		'={{ $json.id }',
		'={ { $json.id } }',
		'={{{ $json.id }}}',
		'={{ { $json.id } }}',
		'={{ $json.id = "x" }}',
		'={{ $json.id\n$json.a }}',
	])('%s is none', (raw) => {
		expect(plainPathIn(raw)).toBeUndefined();
	});

	it('is quick with what is almost a path', () => {
		const start = performance.now();
		expect(plainPathIn(`={{ $json${'.a'.repeat(50_000)}!}}`)).toBeUndefined();
		expect(plainPathIn(`={{ $json${'["a"]'.repeat(50_000)}${' '.repeat(50_000)}`)).toBeUndefined();
		expect(performance.now() - start).toBeLessThan(1000);
	});
});

describe('textAt', () => {
	const json = {
		id: 'a',
		'': 'empty key',
		empty: '',
		nested: { 'a b': ['x', { y: 'deep' }] },
		number: 5,
		yes: true,
		nothing: null,
		big: 5n,
		text: Object('boxed'),
		get made() {
			return 'by a getter';
		},
	};

	it.each([
		[['id'], 'a'],
		[[''], 'empty key'],
		[['empty'], ''],
		[['nested', 'a b', '0'], 'x'],
		[['nested', 'a b', '1', 'y'], 'deep'],
	])('finds the text at %j', (path, text) => {
		expect(textAt(json, path)).toBe(text);
	});

	it.each([
		['number'],
		['yes'],
		['nothing'],
		['big'],
		['text'],
		['made'],
		['nested'],
		['missing'],
		['toString'],
		['__proto__'],
		['constructor', 'name'],
		['nested', 'a b', '2'],
		['nested', 'a b', 'length'],
		['nothing', 'x'],
		['id', '0'],
		['id', 'length'],
	])('finds none at %j', (...path) => {
		expect(textAt(json, path)).toBeUndefined();
	});

	it('finds an own property of any name', () => {
		expect(textAt(JSON.parse('{"__proto__":{"constructor":"own"}}'), ['__proto__', 'constructor'])).toBe(
			'own',
		);
	});

	it.each([undefined, null, 'text', 5])('finds none in %p', (value) => {
		expect(textAt(value, ['length'])).toBeUndefined();
	});
});
