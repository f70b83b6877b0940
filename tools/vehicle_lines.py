"""What we decided about each of the 61 lines of the vehicle's parts list: our name for it, made or bought, and why.

The quantities and pack sizes are not here: make_examples.py carries them over from the published list by `ref`.
"""

from __future__ import annotations

BOUGHT_REASONS = {
    "fastener": (
        "Barang standar: dibentuk jutaan buah di mesin heading; satu set-up bengkel lebih lama dari seluruh pesanan",
        "Standard ware, headed by the million: one set-up in a workshop would outlast the whole need",
    ),
    "profile": (
        "Profil aluminium ekstrusi: perlu cetakan ekstrusi yang tidak dimiliki bengkel rumahan",
        "Extruded aluminium section: needs an extrusion die that no home workshop has",
    ),
    "bearing": (
        "Berisi bantalan bola: bantalan tidak dapat dibuat di bengkel rumahan",
        "Holds a ball bearing, which a home workshop can't make",
    ),
    "gear": (
        "Roda gigi: operasi pembuatan gigi tidak ada dalam catatan waktu yang terbit",
        "Cut gear: gear cutting is not among the published operations",
    ),
    "printed": (
        "Cetak 3D: tidak ada waktu terbit untuk operasi ini, jadi dipesan dari luar",
        "Printed in plastic: no published time for this operation, so it is ordered outside",
    ),
    "rubber": (
        "Ban karet dan pelek: perlu cetakan karet; tidak ada waktu terbit",
        "Rubber tyre on a rim: needs a rubber mould; no published time",
    ),
    "electric": (
        "Barang listrik: dibeli jadi dari pemasok komponen",
        "Electrical ware: bought ready from a component supplier",
    ),
    "pipe": ("Pipa PVC eceran: dibeli jadi dan dipakai utuh", "Plain PVC pipe: bought and used whole"),
    "linkage": (
        "Batang setel berulir kiri-kanan untuk mobil hobi: barang katalog",
        "Left-and-right threaded hobby-car link: a catalogue item",
    ),
}

MADE_REASONS = {
    "plate": (
        "Pelat rata: potong kawat, gerinda rata, tandai dan periksa; semua operasi ada waktu terbitnya",
        "Flat plate: wire cutting, flat grinding, marking and inspection all have published times",
    ),
    "milled": (
        "Bentuk bubut-frais: operasi utama bengkel mesin yang tercatat",
        "Turned and milled shape: the main operation of the recorded machine shop",
    ),
    "bored": (
        "Bubut-frais dengan lubang pas yang dilap: bubut-frais dan lapping ada waktu terbitnya",
        "Turned and milled with a lapped bore: both operations have published times",
    ),
    "shaft": (
        "Poros: dibubut lalu digerinda bulat; keduanya ada waktu terbitnya",
        "Shaft: turned, then round ground; both have published times",
    ),
    "tube": (
        "Selongsong: dipotong dan diratakan di mesin bubut",
        "Spacer tube: cut off and faced on a lathe",
    ),
}

# ref: (our name in Indonesian, in English, kind). A kind of MADE_REASONS is made by that route, any other is bought.
LINES = {
    "B1": ("Baut kepala bulat #6-32 × 1/4 in", "Button-head screw #6-32 × 1/4 in", "fastener"),
    "B2": ("Baut kepala bulat #6-32 × 3/8 in", "Button-head screw #6-32 × 3/8 in", "fastener"),
    "B3": ("Baut kepala bulat #6-32 × 1/2 in", "Button-head screw #6-32 × 1/2 in", "fastener"),
    "B4": ("Baut kepala bulat #6-32 × 5/8 in", "Button-head screw #6-32 × 5/8 in", "fastener"),
    "B5": ("Baut kepala bulat #6-32 × 3/4 in", "Button-head screw #6-32 × 3/4 in", "fastener"),
    "B6": ("Baut kepala bulat #6-32 × 1 in", "Button-head screw #6-32 × 1 in", "fastener"),
    "B7": ("Baut kepala bulat #6-32 × 1 1/4 in", "Button-head screw #6-32 × 1 1/4 in", "fastener"),
    "B8": ("Baut kepala bulat #4-40 × 1/4 in", "Button-head screw #4-40 × 1/4 in", "fastener"),
    "B9": ("Baut kepala bulat #4-40 × 1 1/4 in", "Button-head screw #4-40 × 1 1/4 in", "fastener"),
    "B10": ("Baut M2,5 × 6 mm", "Screw M2.5 × 6 mm", "fastener"),
    "B11": ("Mur pengunci #6-32", "Lock nut #6-32", "fastener"),
    "B12": ("Mur pengunci #4-40", "Lock nut #4-40", "fastener"),
    "B13": ("Baut #2-56 × 1/4 in", "Screw #2-56 × 1/4 in", "fastener"),
    "B14": ("Baut M3 × 6 mm", "Screw M3 × 6 mm", "fastener"),
    "W1": ("Ring #6", "Washer #6", "fastener"),
    "W2": ("Ring #4", "Washer #4", "fastener"),
    "S1": ("Kanal U 1,5 in", "U channel 1.5 in", "profile"),
    "S2": ("Kanal 3 in", "Channel 3 in", "profile"),
    "S3": ("Kanal 3,75 in", "Channel 3.75 in", "profile"),
    "S4": ("Kanal 4,5 in", "Channel 4.5 in", "profile"),
    "S5": ("Kanal 9 in", "Channel 9 in", "profile"),
    "S6": ("Pelat sambung kanal", "Channel joining plate", "plate"),
    "S7": ("Braket pola F", "Bracket, F pattern", "plate"),
    "S8": ("Braket pola tunggal", "Bracket, single pattern", "plate"),
    "S9": ("Dudukan motor", "Motor mount", "milled"),
    "S10": ("Blok bantalan 1/4 in", "Pillow block with bearing 1/4 in", "bearing"),
    "S11": ("Blok bantalan 1/2 in", "Pillow block with bearing 1/2 in", "bearing"),
    "S12": ("Hub jepit 1/4 in", "Clamping hub 1/4 in", "bored"),
    "S13": ("Hub jepit 1/2 in", "Clamping hub 1/2 in", "bored"),
    "S14": ("Hub jepit 4 mm", "Clamping hub 4 mm", "bored"),
    "S15": ("Poros D baja tahan karat", "D-shaft of stainless steel", "shaft"),
    "S16": ("Batang aluminium 1/2 in × 3 ft", "Aluminium rod 1/2 in × 3 ft", "shaft"),
    "S17": ("Pelat dudukan samping", "Side mounting plate", "plate"),
    "S18": ("Selongsong aluminium 1/2 × 4 in", "Aluminium tube 1/2 × 4 in", "tube"),
    "S19": ("Selongsong aluminium 1/2 × 2 in", "Aluminium tube 1/2 × 2 in", "tube"),
    "S20": ("Dudukan jepit lubang D 1/2 in", "Clamping mount, D bore 1/2 in", "bored"),
    "S21": ("Balok aluminium lima lubang", "Aluminium beam with five holes", "plate"),
    "S22": ("Cincin jepit D 1/2 in", "Clamp collar, D bore 1/2 in", "milled"),
    "S24": ("Hub jepit pipa, cetak 3D", "Pipe clamping hub, printed", "printed"),
    "S26": ("Roda gigi lubang polos", "Gear with plain bore", "gear"),
    "S27": ("Pinion 16 gigi", "Pinion, 16 teeth", "gear"),
    "S29": ("Pipa PVC 5 ft", "PVC pipe 5 ft", "pipe"),
    "S30": ("Roda: ban dan pelek", "Wheel: tyre and rim", "rubber"),
    "S31": ("Dudukan enkoder, cetak 3D", "Encoder mount, printed", "printed"),
    "S32": ("Batang setel", "Turnbuckle", "linkage"),
    "S35": ("Pelat atas 9 × 12 in", "Top plate 9 × 12 in", "plate"),
    "S37": ("Pelat samping 4,5 × 12 in", "Side plate 4.5 × 12 in", "plate"),
    "S38": ("Kopling poros 1/4 in ke 6 mm", "Shaft coupler 1/4 in to 6 mm", "bored"),
    "S39": ("Panel depan badan", "Front panel of the body", "plate"),
    "S40": ("Panel belakang badan", "Back panel of the body", "plate"),
    "S41": ("Dudukan baterai, cetak 3D", "Battery holder, printed", "printed"),
    "S42": ("Panel belakang kepala", "Back panel of the head", "plate"),
    "S43": ("Kepala, cetak 3D", "Head, printed", "printed"),
    "S44": ("Pelat papan kendali", "Plate for the controller board", "plate"),
    "E46": ("Motor gigi", "Gear motor", "electric"),
    "E47": ("Enkoder absolut", "Absolute encoder", "electric"),
    "E20": ("Penggerak motor", "Motor driver", "electric"),
    "E36": ("Baterai", "Battery", "electric"),
    "E42": ("Selongsong anyam kabel", "Braided cable sleeve", "electric"),
    "X1": ("Kabel merah 20 AWG", "Red wire 20 AWG", "electric"),
    "X2": ("Kabel hitam 20 AWG", "Black wire 20 AWG", "electric"),
}

# our code: (section's name in the published list, our Indonesian name, the code it goes into)
SECTIONS = {
    "BODY": ("Body", "Badan", "RV"),
    "CORNER": ("Corner Steering", "Kemudi sudut", "RV"),
    "DIFF": ("Differential Pivot", "Poros diferensial", "RV"),
    "HEAD": ("Head Assembly", "Kepala", "RV"),
    "MECH": ("Mechanical Integration", "Penyatuan mekanik", "RV"),
    "PCB": ("PCB Assembly", "Papan elektronik", "RV-ELEC"),
    "ROCKER": ("Rocker-Bogie", "Suspensi rocker-bogie", "RV"),
    "WHEEL": ("Wheel Assembly", "Rakitan roda", "RV"),
    "ELEC": ("Electrical Build", "Kelistrikan", "RV"),
}

# Where the published list names no section, or where splitting by piece would be silly, we say which one.
SECTIONS_ASSUMED = {"W2": "PCB Assembly", "E36": "Electrical Build"}

# route: steps of (suffix of the part, operations done together, skill, lead time in weeks)
ROUTES = {
    "plate": [
        ("cut", "wire_cut", "wire_cut", 0),
        ("ground", "flat_grinding", "flat_grinding", 1),
        ("", "laser_marking+final_inspection+packing", "marking_inspection", 0),
    ],
    "milled": [
        ("milled", "turning_milling+turning_milling_qc", "turning_milling", 0),
        ("", "laser_marking+final_inspection+packing", "marking_inspection", 1),
    ],
    "bored": [
        ("milled", "turning_milling+turning_milling_qc", "turning_milling", 0),
        ("lapped", "lapping", "lapping", 1),
        ("", "laser_marking+final_inspection+packing", "marking_inspection", 0),
    ],
    "shaft": [
        ("turned", "turning+turning_qc", "turning", 0),
        ("ground", "round_grinding", "round_grinding", 1),
        ("", "laser_marking+final_inspection+packing", "marking_inspection", 0),
    ],
    "tube": [
        ("turned", "turning+turning_qc", "turning", 0),
        ("", "laser_marking+final_inspection+packing", "marking_inspection", 1),
    ],
}

# our code: (name in the published log, our Indonesian name, English name)
OPERATIONS = {
    "wire_cut": ("Wire Cut", "Potong kawat (wire cut)", "Wire cutting"),
    "flat_grinding": ("Flat Grinding", "Gerinda rata", "Flat grinding"),
    "turning_milling": ("Turning & Milling", "Bubut-frais", "Turning and milling"),
    "turning_milling_qc": ("Turning & Milling Q.C.", "Periksa bubut-frais", "Turning and milling, check"),
    "turning": ("Turning", "Bubut", "Turning"),
    "turning_qc": ("Turning Q.C.", "Periksa bubut", "Turning, check"),
    "round_grinding": ("Round Grinding", "Gerinda bulat", "Round grinding"),
    "lapping": ("Lapping", "Lapping", "Lapping"),
    "laser_marking": ("Laser Marking", "Tanda laser", "Laser marking"),
    "final_inspection": ("Final Inspection Q.C.", "Periksa akhir", "Final inspection"),
    "packing": ("Packing", "Kemas", "Packing"),
}
