// EDTF (ISO 8601-2:2019, levels 0 to 2): the first and the last day a date can mean, and the date
// that HTML has for it. Years are BigInt: nobody's year is too far.
(() => {
  "use strict";
  const proof = globalThis.pinciteProof;
  const LENGTHS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  const OPEN = { open: true }, UNKNOWN = {};
  const plain = /^[0-9]+$/;
  const leap = (year) => year % 4n === 0n && (year % 100n !== 0n || year % 400n === 0n);
  const longest = (year, month) => month === 2 && leap(year) ? 29 : LENGTHS[month];
  const two = (number) => String(number).padStart(2, "0");
  const before = (a, b) => a[0] !== b[0] ? a[0] < b[0] : a[1] !== b[1] ? a[1] < b[1] : a[2] < b[2];
  const iso = ([year, month, day]) => (year < 0n ? "-" : "")
    + String(year < 0n ? -year : year).padStart(4, "0") + `-${two(month)}-${two(day)}`;

  function matching(mask, low, high) {
    const found = [];
    for (let n = low; n <= high; n++)
      if (!mask || [...mask].every((m, i) => m === "X" || m === two(n)[i])) found.push(n);
    return found;
  }
  function years(sign, mask, descending) {
    const found = [];
    const digits = [..."0123456789"];
    if (descending !== Boolean(sign)) digits.reverse();
    const add = (made, rest) => {
      if (rest) for (const digit of rest[0] === "X" ? digits : rest[0]) add(made + digit, rest.slice(1));
      else if (Number(made) || !sign) found.push(sign ? -BigInt(made) : BigInt(made));
    };
    add("", mask);
    return found;
  }
  function first(all, months, days) {
    for (const year of all) for (const month of months) for (const day of days)
      if (day <= longest(year, month)) return [year, month, day];
    return null;
  }
  function months(season) {  // code to first month and number of months
    if (season < 33) return [[3, 6, 9, 12][(season - (season < 29 ? 21 : 27)) % 4], 3];
    if (season < 37) return [1 + (season - 33) * 3, 3];
    return season < 40 ? [1 + (season - 37) * 4, 4] : [1 + (season - 40) * 6, 6];
  }
  const DATE = /^([?~%]?)(-?)([0-9X]{4})([?~%]?)(?:-([?~%]?)([0-9X]{2})([?~%]?)(?:-([?~%]?)([0-9X]{2})([?~%]?))?)?$/;
  const YEAR = /^([?~%]?)(?:(-?)([0-9]{4})|Y(-?)([0-9]+)(?:E([1-9][0-9]*))?)(?:S([1-9][0-9]*))?([?~%]?)$/;
  const TIME = /^(-?[0-9]{4}-[0-9]{2}-[0-9]{2})T(([0-9]{2}):([0-9]{2}):([0-9]{2})(?:Z|([+-])([0-9]{2})(?::([0-9]{2}))?)?)$/;
  const FURTHEST = 100;  // digits of a year

  // A part is {earliest, latest}, days, and open where an end of an interval may lie further out;
  // one of the two ends OPEN and UNKNOWN; or null: no date.
  function part(text) {
    const match = DATE.exec(text);
    return match ? calendar(match) : year(YEAR.exec(text));
  }
  function calendar(match) {
    const [, q1, sign, year, q2, q3, month = "", q4, q5, day = "", q6] = match;
    if ((sign && year === "0000") || (q1 && q2) || (q3 && q4) || (q5 && q6)) return null;
    const season = plain.test(month) && month >= 21 && month <= 41 ? Number(month) : 0;
    const low = years(sign, year, false), high = years(sign, year, true);
    if (season) {
      if (day) return null;
      const [start, count] = months(season), end = start + count - 2;
      const last = high[0] + BigInt(Math.floor(end / 12)), month = end % 12 + 1;
      return { earliest: [low[0], start, 1], latest: [last, month, longest(last, month)] };
    }
    const some = matching(month, 1, 12), days = matching(day, 1, 31);
    const earliest = first(low, some, days);
    if (!earliest) return null;
    return { earliest, latest: first(high, some.reverse(), days.reverse()) };
  }
  function year(match) {
    if (!match) return null;
    const [, q1, sign, short, minus, far, exponent = "", significant, q2] = match;
    const digits = short || far, shown = digits.replace(/^0+(?=.)/, "");
    const negative = sign || minus;
    if ((q1 && q2) || digits.length > FURTHEST || exponent.length > 3) return null;
    if (!short && (shown !== digits || (!exponent && digits.length < 5))) return null;
    if (short && sign && shown === "0") return null;
    const size = digits.length + Number(exponent);
    const kept = significant ? Number(significant.slice(0, 4)) : size;
    if (size > FURTHEST || kept > size) return null;
    let low = BigInt(shown) * 10n ** BigInt(exponent || 0), high = low;
    if (significant) {
      const unit = 10n ** BigInt(Math.max(0, String(low).length - kept));
      low = low / unit * unit;
      high = low + unit - 1n;
    }
    if (negative) [low, high] = [-high, -low];
    return { earliest: [low, 1, 1], latest: [high, 12, 31] };
  }
  function moment(text) {
    const match = TIME.exec(text), date = match && part(match[1]);
    if (!date) return null;
    const [hour, minute, second, , east, more] = match.slice(3).map((x, i) => i === 3 ? 0 : Number(x || 0));
    const midnight = hour === 24 && !minute && !second;
    if ((hour > 23 && !midnight) || minute > 59 || (second > 59 && !(minute === 59 && second === 60))) return null;
    const shift = east * 60 + more;
    if (match[6] && (more > 59 || shift > (match[6] === "+" ? 14 : 12) * 60 || (!shift && match[6] === "-")))
      return null;
    return { ...date, time: match[2] };
  }
  function end(text, isStart) {
    if (text === "" || text === "..") return text ? OPEN : UNKNOWN;
    const bare = text.replace(isStart ? /^\.\./ : /\.\.$/, ""), date = part(bare);
    return date && bare !== text ? { ...date, open: true } : date;  // "..1985/", "/1985..": or further
  }
  function reversed(start, stop) {
    return start.earliest && stop.latest && before(stop.latest, start.earliest);
  }
  function interval(text) {
    const sides = text.split("/").map((side, i) => end(side, !i));
    if (sides.length !== 2 || !sides[0] || !sides[1]) return null;
    if (sides[0] === UNKNOWN && sides[1] === UNKNOWN) return null;
    const [open, openEnd] = sides.map((one) => Boolean(one.open));
    if (!open && !openEnd && reversed(...sides)) return null;
    return whole([sides], open ? undefined : sides[0].earliest, openEnd ? undefined : sides[1].latest, open, openEnd);
  }
  function set(text) {
    if (text.length < 2 || text.at(-1) !== (text[0] === "[" ? "]" : "}")) return null;
    const items = text.slice(1, -1).split(","), members = [];
    for (const [i, item] of items.entries()) {
      const bare = item.replace(/^ +| +$/g, ""), dots = bare.indexOf("..");
      const sides = dots < 0 ? [bare, bare] : [bare.slice(0, dots), bare.slice(dots + 2)];
      if (!bare || (!sides[0] && !sides[1]) || (!sides[0] && i) || (!sides[1] && i < items.length - 1)) return null;
      const read = sides.map((side) => side ? part(side) : OPEN);
      if (!read[0] || !read[1] || (dots >= 0 && reversed(...read))) return null;
      members.push(dots < 0 ? [read[0], read[0]] : read);
    }
    const all = members.flat(), open = [members[0][0] === OPEN, members.at(-1)[1] === OPEN];
    const most = (name, better) => all.map((one) => one[name]).filter(Boolean)
      .reduce((a, b) => better(a, b) ? a : b);
    return whole(members, open[0] ? undefined : most("earliest", before),
      open[1] ? undefined : most("latest", (a, b) => before(b, a)), ...open);
  }
  function whole(members, earliest, latest, startOpen = false, endOpen = false) {
    return { members, earliest, latest, startOpen, endOpen };
  }
  function shared(earliest, latest) {
    if (earliest[0] < 1n || earliest[0] !== latest[0]) return "";
    const text = iso(earliest);
    if (earliest[1] !== latest[1]) return text.slice(0, -6);
    return earliest[2] === latest[2] ? text : text.slice(0, -3);
  }
  function datetime({ members, earliest, latest }) {
    const { time, earliest: day } = members[0][0];
    if (time) {
      if (day[0] < 1n) return "";
      const clock = time.slice(0, 8), zone = time.slice(8);
      if (clock.startsWith("24") || clock.endsWith("60")) return iso(day);
      return `${iso(day)}T${clock}${zone}${zone.length === 3 ? ":00" : ""}`;
    }
    if (earliest && latest) return shared(earliest, latest);
    const known = members.flat().filter((one) => one.earliest && one.latest && !one.open);
    if (!known.length) return "";
    const end = latest ? known.at(-1) : known[0];
    return shared(end.earliest, end.latest);
  }

  // {earliest, latest, datetime}: texts, ".." where open and null where unknown; null: no EDTF.
  proof.readDate = (text) => {
    if (text.length > 1000) return null;
    let date;
    if (/^[[{]/.test(text)) date = set(text);
    else if (text.includes("/")) date = interval(text);
    else {
      const one = text.includes("T") ? moment(text) : part(text);
      date = one && whole([[one, one]], one.earliest, one.latest);
    }
    if (!date) return null;
    const bound = (day, open) => day ? iso(day) : open ? ".." : null;
    return {
      earliest: bound(date.earliest, date.startOpen),
      latest: bound(date.latest, date.endOpen),
      datetime: datetime(date),
    };
  };
})();
