"""What `wadah why` says, in Indonesian and English."""

from __future__ import annotations

from wadah.cli.words import LANGUAGES

WORDS: dict[str, tuple[str, str]] = {
    # the command
    "one of": (
        "sebutkan tepat satu dari --order, --workshop atau --part",
        "name exactly one of --order, --workshop or --part",
    ),
    "unknown": (
        "--{name}: {value} tidak ada di daftar {list} dari {file}; maksud Anda {near}?",
        "--{name}: {value} is not in the list {list} of {file}; did you mean {near}?",
    ),
    "unknown, none near": (
        "--{name}: {value} tidak ada di daftar {list} dari {file}; pilih id dari daftar itu",
        "--{name}: {value} is not in the list {list} of {file}; take an id from that list",
    ),
    # an order
    "in time": (
        "Pesanan {order} lengkap dan tepat waktu: {pieces} {part} paling lambat periode {due}.",
        "Order {order} is whole and in time: {pieces} {part} by period {due}.",
    ),
    "missing": (
        "Pesanan {order}: {missing} dari {pieces} {part} tidak ada pada periode {due}{ending}.",
        "Order {order}: {missing} of {pieces} {part} are not there by period {due}{ending}.",
    ),
    "ending late": (
        "; semuanya baru lengkap pada periode {period}",
        "; all of it is there only by period {period}",
    ),
    "ending short": ("; {short} tidak pernah dikirim", "; {short} are never delivered"),
    "no_maker": ("Sebab: tidak ada yang disetujui membuat {part}.", "Cause: nobody is approved to make {part}."),
    "stock_out": (
        "Sebab: {part} hanya dari persediaan, dan persediaannya habis.",
        "Cause: {part} comes only from stock, and the stock runs out.",
    ),
    "hours_full": (
        "Sebab: {makers} bengkel yang dapat membuat {part} penuh ({load} jam terpakai sampai periode {period}).",
        "Cause: the {makers} workshop(s) able to make {part} are full ({load} of hours used up to period {period}).",
    ),
    "overdue": ("Sebab: temponya lewat sebelum rencana dimulai.", "Cause: it was due before the plan starts."),
    "beyond_horizon": (
        "Sebab: pengirimannya baru boleh setelah tempo atau setelah rencana berakhir.",
        "Cause: it may be delivered only after it is due, or after the plan ends.",
    ),
    "costlier": (
        "Sebab: masih ada tempat, tetapi memakainya lebih mahal daripada terlambat, atau rencana belum yang terbaik.",
        "Cause: there is room, but using it costs more than being late, or the plan isn't the best yet.",
    ),
    "link": (
        "  {part}: perlu {needed} pada periode {by}, masih muat {room}",
        "  {part}: {needed} needed by period {by}, {room} still fit",
    ),
    "full weeks": (
        "    {workshop}: {used} dari {have} jam terpakai{periods}",
        "    {workshop}: {used} of {have} hours used{periods}",
    ),
    "full in": ("; penuh pada periode {periods}", "; full in periods {periods}"),
    "rivals": ("    jam itu dipakai untuk {rivals}", "    those hours go to {rivals}"),
    "hours of": ("{part} ({hours} jam)", "{part} ({hours} hours)"),
    "ways": ("Jalan keluar termurah, masing-masing direncanakan ulang:", "Cheapest ways out, each planned again:"),
    "no ways": (
        "Tidak ditemukan jalan keluar: {tried} dicoba, tidak satu pun melengkapi pesanan ini.",
        "No way out was found: {tried} were tried, and none makes this order whole.",
    ),
    "first": ("Dahulukan pesanan ini; yang lain menunggu", "Put this order first; others wait"),
    "later": ("Sepakati tempo baru: periode {due}", "Agree on a later date: period {due}"),
    "hours": ("Jam tambahan di {hours}", "Extra hours at {hours}"),
    "hours at": (
        "{workshop} ({hours} jam pada periode {periods})",
        "{workshop} ({hours} hours in periods {periods})",
    ),
    "approve": (
        "Setujui {workshop} untuk membuat {part} (dihitung selambat {like})",
        "Approve {workshop} to make {part} (taken to be as slow as {like})",
    ),
    "buy": (
        "Beli {pieces} {part} dari luar, {price} sebuah; impas pada {worth} sebuah",
        "Buy {pieces} {part} outside at {price} a piece; it breaks even at {worth} a piece",
    ),
    "costs": (
        "     biaya bersih {cost} (rencana {before} menjadi {after}, di luar rencana {price};"
        " denda pesanan ini {saved} hilang)",
        "     net cost {cost} (plan {before} becomes {after}, outside the plan {price};"
        " this order's own penalty {saved} is gone)",
    ),
    "range": (
        "     terbukti hanya bahwa biayanya antara {least} dan {most}",
        "     proven only that the cost lies between {least} and {most}",
    ),
    "wide": (
        "     rentang itu lebar: biaya di atas adalah milik rencana yang ditemukan, yang terbaik bisa jauh lebih murah",
        "     that range is wide: the cost above is that of the plan found, the best one may cost far less",
    ),
    "without": ("Mengapa tidak ada jalan keluar lain:", "Why there is no other way out:"),
    "without first": ("Mendahulukan pesanan ini", "Putting this order first"),
    "without later": ("Tempo lain", "A later date"),
    "without hours": ("Jam tambahan", "Extra hours"),
    "without approve": ("Persetujuan baru", "A new approval"),
    "without buy": ("Membeli dari luar", "Buying outside"),
    "because nothing": (
        "tidak ada yang dapat dicoba, atau rencana tidak memakainya",
        "there is nothing of the kind to try, or a plan makes no use of it",
    ),
    "because impossible": (
        "terbukti tidak mungkin: tidak ada rencana yang melengkapi pesanan ini dengannya",
        "proven impossible: no plan makes this order whole with it",
    ),
    "because impossible near": (
        "tidak mungkin selama pekerjaan yang jauh dari pesanan ini tetap seperti dalam rencana",
        "impossible while work that isn't near this order stays as planned",
    ),
    "because not settled": (
        "belum pasti: pencarian sampai batasnya tanpa menemukan rencana dan tanpa bukti bahwa tidak ada",
        "not settled: the search reached its limit without a plan, and without proof that there is none",
    ),
    "because dearer": (
        "ada, tetapi lebih mahal atau tidak lebih baik daripada yang disebut",
        "there is one, but it is dearer or no better than those named",
    ),
    "because time": (
        "waktunya habis sebelum dicoba; beri --time-limit lebih panjang",
        "the time ended before it was tried; give a longer --time-limit",
    ),
    "days": (
        "     lengkap pada periode {period}, {days} hari setelah tempo",
        "     whole by period {period}, {days} days late",
    ),
    "displaces": ("     menggeser {orders}", "     displaces {orders}"),
    "displaced order": ("{order} ({pieces} buah)", "{order} ({pieces} pieces)"),
    "again": (
        "Merencanakan ulang saja menghemat {saved}; biaya di atas dihitung terhadap rencana yang lebih murah itu.",
        "Planning again alone saves {saved}; the costs above are counted against that cheaper plan.",
    ),
    "near": (
        "Masalahnya besar: hanya pekerjaan di sekitar pesanan ini yang direncanakan ulang, yang lain tetap."
        " Rencana tiap jalan keluar utuh dan lolos pemeriksaan; yang terbukti tentang biayanya hanya berlaku bila yang"
        " lain itu tetap. Untuk seluruh kota tidak ada yang terbukti.",
        "The problem is large: only work near this order was planned again, the rest stays. The plan of each way out is"
        " whole and passed every rule; what is proven of its cost holds only while that rest stays. For the whole city"
        " nothing is proven.",
    ),
    # a workshop
    "member": (
        "{workshop}: {used} jam terpakai dari {have} (lembur sampai {overtime}), upah {pay}.",
        "{workshop}: {used} hours used of {have} (overtime up to {overtime}), pay {pay}.",
    ),
    "target": ("Target jamnya {target}.", "Its target is {target} hours."),
    "member no_skill": (
        "Bengkel ini belum disetujui untuk membuat apa pun.",
        "This workshop is not approved to make anything yet.",
    ),
    "member no_hours": ("Bengkel ini tidak punya jam kerja.", "This workshop has no hours."),
    "member full": ("Jamnya sudah penuh.", "Its hours are full."),
    "offer got": (
        "  {part}: membuat {pieces} ({hours} jam), {cost} per buah baik",
        "  {part}: makes {pieces} ({hours} hours), {cost} a good piece",
    ),
    "offer no_demand": (
        "  {part}: rencana ini tidak membuatnya di bengkel mana pun",
        "  {part}: this plan makes none anywhere",
    ),
    "offer not_allowed": (
        "  {part}: batasnya 0 pada setiap periode (persetujuan tidak berlaku?)",
        "  {part}: its limit is 0 in every period (is the approval over?)",
    ),
    "offer full": (
        "  {part}: jamnya tidak cukup untuk satu kali pembuatan",
        "  {part}: no period has hours left for a lot of it",
    ),
    "offer large_lot": (
        "  {part}: lot terkecilnya lebih besar daripada seluruh kebutuhan rencana",
        "  {part}: its smallest lot is more than the plan makes in all",
    ),
    "offer dearer": (
        "  {part}: {cost} per buah baik, {above} di atas yang termahal terpilih{an_hour}",
        "  {part}: {cost} a good piece, {above} above the dearest one chosen{an_hour}",
    ),
    "offer even": (
        "  {part}: {cost} per buah baik, tidak lebih mahal dari yang terpilih; persiapan, tempo atau"
        " aturan sumber yang menentukan, atau rencana belum yang terbaik",
        "  {part}: {cost} a good piece, no dearer than those chosen; set-ups, dates or sourcing rules"
        " decided, or the plan isn't the best yet",
    ),
    "an hour": (" (harus turun {amount} per jam kerja)", " (it would have to come down by {amount} an hour)"),
    "chosen": ("    terpilih: {makers}", "    chosen: {makers}"),
    "chosen one": ("{workshop} {pieces} buah à {cost}", "{workshop} {pieces} pieces at {cost}"),
    "worth": (
        "    nilai tertinggi satu buah baik dalam rencana ini: {worth}",
        "    the most a good piece was worth in this plan: {worth}",
    ),
    # a part
    "part": (
        "{part}: {asked} diperlukan semua pesanan, {stock} persediaan awal, {made} dibuat.",
        "{part}: {asked} needed by all orders, {stock} in stock at the start, {made} made.",
    ),
    "made by": ("  dibuat oleh {makers}", "  made by {makers}"),
    "nobody": ("  tidak ada yang disetujui membuatnya", "  nobody is approved to make it"),
    "price": (
        "  satu buah lagi bernilai paling tinggi {price} (periode {period})",
        "  one more piece would be worth {price} at most (period {period})",
    ),
    "waiting": ("  menahan pesanan {orders}", "  holds back the orders {orders}"),
}


def say(language: str, key: str, **values: object) -> str:
    return WORDS[key][LANGUAGES.index(language)].format(**values)
