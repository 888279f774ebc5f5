package bench_test

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"corvee"
	"corvee/internal/hangul"
	"corvee/internal/hanzi"
)

// maker invents parties as lists and registers have them: Chinese, Korean, Russian and
// western firms, people and ships, a third of them also in their own script. Words are
// taken with a bias to the first of each table, so that common words are common and rare
// ones rare: the words of a table are in the rough order of their use. The same seed gives
// the same names.
type maker struct{ *rand.Rand }

func newMaker(seed uint64) maker { return maker{rand.New(rand.NewPCG(seed, 11))} }

// pick prefers the first words of a table: half of the picks are of its first quarter.
func (m maker) pick(words []string) string {
	return words[int(float64(len(words))*m.Float64()*m.Float64())]
}

func (m maker) char(chars []rune) rune {
	return chars[int(float64(len(chars))*m.Float64()*m.Float64())]
}

func (m maker) one(of int) bool { return m.IntN(of) == 0 }

// tables of words; a cell "a/b/c" is one word in English, Chinese and Korean.
type words struct {
	chineseTowns, koreanTowns, westernTowns    []string
	trades, forms                              []string
	tradeChars, givenChars, surnameChars       []rune
	koreanSurnames, koreanGiven, koreanTrade   []string
	english, surnames, given, ruTrade, ruForms []string
	ruSurnames, ruGiven, arabic, ships         []string
	syllables                                  []string
}

func fields(s string) []string { return strings.Fields(s) }

func parted(s string) []string { return strings.Split(s, ";") }

func tables() words {
	return words{
		chineseTowns: fields("Shenzhen/深圳 Shanghai/上海 Guangzhou/广州 Beijing/北京 Ningbo/宁波 Qingdao/青岛 Dalian/大连 Hangzhou/杭州 Suzhou/苏州 Dandong/丹东 Shenyang/沈阳 Tianjin/天津 Xiamen/厦门 Yantai/烟台 Weihai/威海 Dongguan/东莞 Foshan/佛山 Wuxi/无锡 Changchun/长春 Harbin/哈尔滨 Jilin/吉林 Yanji/延吉 Hunchun/珲春 Donggang/东港 Jinan/济南 Zhuhai/珠海 Wenzhou/温州 Nantong/南通 Changzhou/常州 Zhongshan/中山 Wuhan/武汉 Chengdu/成都 Chongqing/重庆 Nanjing/南京 Hefei/合肥 Shantou/汕头 Quanzhou/泉州 Weifang/潍坊 Zibo/淄博 Rizhao/日照 Yingkou/营口 Jinzhou/锦州 Anshan/鞍山 Tonghua/通化 Tumen/图们 Linyi/临沂 Taizhou/台州 Jiaxing/嘉兴 Shaoxing/绍兴 Huizhou/惠州"),
		koreanTowns:  fields("Pyongyang/평양 Rason/라선 Rajin/라진 Sinuiju/신의주 Nampo/남포 Wonsan/원산 Chongjin/청진 Hamhung/함흥 Kaesong/개성 Haeju/해주 Sariwon/사리원 Kanggye/강계"),
		westernTowns: parted("London;Dubai;Singapore;Hamburg;New York;Moscow;Vladivostok;Rotterdam;Istanbul;Panama;Zurich;Limassol;Beirut;Tehran;Damascus;Caracas;Manila;Bangkok;Mumbai;Vienna;Khabarovsk;Nicosia;Antwerp;Lagos;Toronto"),
		trades: parted("Trading/贸易/무역;Import and Export/进出口/수출입;Technology/科技/기술;Foodstuff/食品/식품;Garment/服装/피복;Electronics/电子/전자;Logistics/物流/물류;Machinery/机械/기계;" +
			"Textile/纺织/방직;Seafood/水产/수산물;International Trade/国际贸易/국제무역;Shipping/航运/해운;Construction/建筑/건설;Chemical/化工/화학;Industrial/实业/산업;Development/发展/개발;Investment/投资/투자;" +
			"Medical Equipment/医疗器械/의료기구;Furniture/家具/가구;Plastic Products/塑料制品/수지제품;Mining/矿业/광업;Energy/能源/에네르기;Aquatic Products/水产品/수산;Packaging/包装/포장;Metal Products/金属制品/금속;" +
			"Motor Parts/汽车配件/자동차부속;Printing/印刷/인쇄;Shoes/鞋业/신발;Toys/玩具/완구;Tourism/旅游/관광;Paper/纸业/제지;Timber/木业/목재;Pharmaceutical/制药/제약;Culture/文化/문화"),
		forms: parted("Co., Ltd./有限公司/회사;Co., Ltd./有限公司/유한공사;Company Limited/有限公司/총회사;Group Co., Ltd./集团有限公司/그룹;Factory/厂/공장;Corporation/公司/총국"),
		tradeChars: []rune("海华丰金东新达鑫宏盛天安永兴源诚泰隆福佳恒通远洋瑞康顺长美大利明德正昌信荣中凯龙裕伟辉润博立万和光嘉益祥胜富成亿升一吉旺庆宝星联文亚百世聚友科联江北南西春山云峰林宇辰航凤鸿雅玉" +
			"晨阳宁强锦瑜晟铭创智慧力特博优尚艺晶朗颖捷迅翔鹏翼腾飞跃骏驰卓越群英豪杰冠捷"),
		surnameChars:   []rune("王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦方白邹孟熊秦邱江尹薛阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴莫孔向汤"),
		givenChars:     []rune("伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂文辉玲红华国建志海春林峰玉兰梅云飞龙雪松波宁晓东鹏宇浩然俊凯欣怡婷婷佳颖思源子轩梓涵一诺"),
		koreanSurnames: fields("김 리 박 최 정 강 조 윤 장 림 한 오 서 신 권 황 안 송 류 전 홍 고 문 양 손 배 백 허 남 심 로 하 곽 성 차 주 우 구 라 민"),
		koreanGiven:    fields("철 성 영 수 남 일 호 진 혁 명 광 학 희 순 경 숙 옥 국 룡 춘 만 기 태 용 정 미 은 주 현 선 복 길 봉 석 원 창 근 덕 향 금 화 련 실 식 범 권 택 종 인 승"),
		koreanTrade:    fields("대성 조선 은하 금강 백두 평화 릉라 모란 만수 대동강 금별 새별 광명 청송 매봉 련봉 동양 해금강 단군 칠성 보천 룡악 강성 부흥 고려 라선 묘향 삼지연 은별 봉화 천리마 온정 경흥 금릉 승리 번영 개선 상원 태양 창광 남산 송악 금성 흑룡 묘봉 신흥 장수 영광 소백수 동명 비로봉"),
		english: fields("global united star golden pacific general eastern first national ocean royal northern blue diamond universal summit atlas prime apex delta omega sun crown eagle phoenix orient star silver western green horizon liberty pioneer " +
			"premier vista harbor bridge mountain river valley stone iron steel crystal crescent falcon lion tiger dragon pearl coral sapphire emerald ruby amber cedar oak maple pine willow meadow spring winter summer autumn dawn sunrise sunset lighthouse anchor compass mariner voyager navigator explorer frontier heritage legacy century millennium quantum vertex zenith pinnacle cascade glacier tundra savanna delta lagoon reef atlantic baltic nordic alpine continental intercontinental trans euro asia africa america " +
			"fortune prosper victory triumph trust faith honest noble grand imperial sovereign capital equity venture strategic dynamic active rapid swift direct smart bright clear pure fresh natural organic"),
		surnames:   fields("Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson Anderson Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson Walker Young Allen King Wright Scott Torres Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell Carter Roberts Gomez Phillips Evans Turner Diaz Parker Cruz Edwards Collins Reyes Stewart Morris Morales Murphy Cook Rogers Gutierrez Ortiz Morgan Cooper Peterson Bailey Reed Kelly Howard Ramos Kim Cox Ward Richardson Watson Brooks Chavez Wood James Bennett Gray Mendoza Ruiz Hughes Price Alvarez Castillo Sanders Patel Myers Long Ross Foster Jimenez Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Koch Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Rossi Russo Ferrari Esposito Bianchi Romano Colombo Dubois Laurent Lefebvre Moreau Fournier Girard Jansen Bakker Visser Kowalski Nowak Novak Horvat Popescu Ionescu"),
		given:      fields("James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph Jessica Thomas Sarah Carlos Maria Jose Juan Luis Jorge Pedro Miguel Ana Carmen Hans Peter Klaus Jürgen Wolfgang Karl Stefan Pierre Jean Michel Philippe Marie Sophie Giovanni Giuseppe Marco Antonio Paolo Jan Piotr Andrzej Anna Ion Elena Daniel Paul Mark Donald George Kenneth Steven Edward Brian Ronald Anthony Kevin Jason Matthew Gary Timothy Victor Oscar Hugo Felix Emil"),
		ruTrade:    fields("Восток Север Сибирь Строй Альянс Вектор Гарант Прогресс Технология Ресурс Капитал Спектр Импульс Горизонт Медведь Урал Байкал Амур Енисей Алтай Маяк Заря Звезда Рубин Алмаз Гранит Титан Орион Сокол Беркут Витязь Русь Славянка Дальрыба Примор Океан Меркурий Сатурн Арсенал Монолит Каскад Квант Вымпел Лидер"),
		ruForms:    fields("ООО/OOO АО/JSC ЗАО/ZAO ПАО/PJSC"),
		ruSurnames: fields("Иванов Смирнов Кузнецов Попов Васильев Петров Соколов Михайлов Новиков Федоров Морозов Волков Алексеев Лебедев Семенов Егоров Павлов Козлов Степанов Николаев Орлов Андреев Макаров Никитин Захаров Зайцев Соловьев Борисов Яковлев Григорьев Романов Воробьев Сергеев Кузьмин Фролов Александров Дмитриев Королев Гусев Киселев Ильин Максимов Поляков Сорокин Виноградов Ковалев Белов Медведев Антонов Тарасов Жуков Баранов Филиппов Комаров Давыдов Беляев Герасимов Богданов Осипов Сидоров Матвеев Титов Марков Миронов Крылов Куликов Карпов Власов Мельников Денисов Гаврилов Тихонов Казаков Афанасьев Данилов"),
		ruGiven:    fields("Александр Сергей Владимир Андрей Алексей Дмитрий Николай Иван Михаил Юрий Виктор Евгений Олег Игорь Константин Павел Роман Анатолий Максим Василий Валерий Борис Григорий Леонид Вячеслав"),
		arabic:     fields("Mohammed Ahmad Ali Hussein Hassan Mahmoud Abdullah Ibrahim Khalid Omar Yousef Mustafa Saleh Karim Jamal Nasser Tariq Faisal Rashid Salim Hamid Walid Zayd Bilal Idris Marwan Samir Qasim Harun Rahman Aziz Malik Qadir Hakim Latif Majid Ghani Wahab Jabbar Haddad Najjar Khoury Mansour Shami Masri Baghdadi Tikriti Halabi Dimashqi"),
		ships:      fields("Ocean Star Sea Golden Silver Lucky Glory Pearl Dragon Eagle Hope Victory Fortune Spirit Wind Wave Moon Sun Sky Dolphin Whale Albatross Queen King Lady Captain Pioneer Express Carrier Trader Bulk Grace Joy Unity Harmony Peace Light Jade Rose Lily"),
		syllables:  fields("an ar bel bor can cor dal den dor el er fen fil gal gor hal hen il in jor kal ken kor lan len lin lor mal mar mer mil mon nal nel nor ol or pal pen por ral ren ric ros sal sen sil sol sor tal tec tem ten tor tra val ven ver vi vor wal wen xan zel zen zor ax ex ix ox"),
	}
}

// part returns one language's side of a cell.
func part(cell string, i int) string {
	all := strings.Split(cell, "/")
	return all[min(i, len(all)-1)]
}

func title(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// pinyin writes Han characters in one word, the usual reading of each.
func pinyin(text string) string {
	var b strings.Builder
	for _, c := range text {
		if all := hanzi.Pinyin(c); len(all) > 0 {
			b.WriteString(strings.ReplaceAll(all[0], "v", "u"))
		}
	}
	return title(b.String())
}

func revised(text string) string { return title(hangul.Revised([]rune(text))) }

// party is the names of one invented party, the Latin one first.
type party struct {
	names []string
	kind  corvee.PartyType
	state string
}

// party draws one. The shares are those of a list of sanctioned firms with its people and
// ships, with more of China and Korea than a general one has.
func (m maker) party(w *words) party {
	switch n := m.IntN(100); {
	case n < 30:
		return m.chinese(w)
	case n < 38:
		return m.korean(w)
	case n < 44:
		return m.russian(w)
	case n < 68:
		return m.western(w)
	case n < 73:
		return party{[]string{m.pick(w.ships) + " " + m.pick(w.ships) + " " + fmt.Sprint(1+m.IntN(99))}, corvee.PartyVessel, "PA"}
	}
	return m.person(w)
}

func (m maker) chinese(w *words) party {
	town, trade, form := m.pick(w.chineseTowns), m.pick(w.trades), m.pick(w.forms)
	n := 2
	if m.one(5) {
		n += 1 + m.IntN(2)
	}
	chars := ""
	for range n {
		chars += string(m.char(w.tradeChars))
	}
	latin := part(town, 0) + " " + pinyin(chars) + " " + part(trade, 0) + " " + part(form, 0)
	return m.with(party{[]string{latin}, corvee.PartyOrganisation, "CN"}, part(town, 1)+chars+part(trade, 1)+part(form, 1))
}

func (m maker) korean(w *words) party {
	trade, form := m.pick(w.trades), m.pick(w.forms)
	name := m.pick(w.koreanTrade)
	if m.one(3) {
		name += m.pick(w.koreanTrade)
	}
	latin, own := "Korea "+revised(name), "조선"+name
	if m.one(4) {
		town := m.pick(w.koreanTowns)
		latin, own = part(town, 0)+" "+revised(name), part(town, 1)+name
	}
	return m.with(party{[]string{latin + " " + part(trade, 0) + " " + part(form, 0)}, corvee.PartyOrganisation, "KP"}, own+part(trade, 2)+part(form, 2))
}

func (m maker) russian(w *words) party {
	form, name := m.pick(w.ruForms), m.pick(w.ruTrade)
	if m.one(2) {
		name += strings.ToLower(m.pick(w.ruTrade))
	}
	return m.with(party{[]string{part(form, 1) + " " + cyrillic(name)}, corvee.PartyOrganisation, "RU"}, part(form, 0)+" «"+name+"»")
}

func (m maker) western(w *words) party {
	var all []string
	if m.one(5) {
		all = append(all, m.pick(w.westernTowns))
	}
	switch m.IntN(4) {
	case 0:
		all = append(all, title(m.pick(w.english)), title(m.pick(w.english)))
	case 1:
		all = append(all, m.pick(w.surnames))
		if m.one(2) {
			all = append(all, "&", m.pick(w.surnames))
		}
	default:
		word := ""
		for range 2 + m.IntN(3) {
			word += m.pick(w.syllables)
		}
		all = append(all, title(word))
		if m.one(3) {
			all = append(all, title(m.pick(w.english)))
		}
	}
	all = append(all, part(m.pick(w.trades), 0), m.pick([]string{"LLC", "Ltd", "Limited", "Inc.", "GmbH", "S.A.", "B.V.", "FZE", "Corp.", "S.r.l."}))
	return party{[]string{strings.Join(all, " ")}, corvee.PartyOrganisation, ""}
}

func (m maker) person(w *words) party {
	p := party{kind: corvee.PartyPerson}
	switch m.IntN(6) {
	case 0:
		family, own := string(m.char(w.surnameChars)), string(m.char(w.givenChars))
		if !m.one(3) {
			own += string(m.char(w.givenChars))
		}
		p.names = []string{strings.ToUpper(pinyin(family)) + ", " + pinyin(own)}
		return m.with(p, family+own)
	case 1:
		family, a, b := m.pick(w.koreanSurnames), m.pick(w.koreanGiven), m.pick(w.koreanGiven)
		p.names = []string{strings.ToUpper(revised(family)) + ", " + revised(a) + " " + revised(b)}
		return m.with(p, family+a+b)
	case 2:
		family, own, father := m.pick(w.ruSurnames), m.pick(w.ruGiven), m.pick(w.ruGiven)
		p.names = []string{strings.ToUpper(cyrillic(family)) + ", " + cyrillic(own) + " " + cyrillic(father) + "ovich"}
		return m.with(p, family+" "+own)
	case 3:
		p.names = []string{"AL-" + strings.ToUpper(m.pick(w.arabic)) + ", " + m.pick(w.arabic) + " " + m.pick(w.arabic)}
		return p
	}
	p.names = []string{strings.ToUpper(m.pick(w.surnames)) + ", " + m.pick(w.given)}
	if m.one(2) {
		p.names[0] += " " + m.pick(w.given)
	}
	return p
}

// with adds the name in its own script to every second party.
func (m maker) with(p party, own string) party {
	if m.one(2) {
		p.names = append(p.names, own)
	}
	return p
}

// cyrillic writes Russian in Latin letters as passports do.
func cyrillic(text string) string {
	latin := fields("a b v g d e zh z i i k l m n o p r s t u f kh ts ch sh shch - y - e iu ia")
	var b strings.Builder
	for _, c := range strings.ToLower(text) {
		if c >= 'а' && c <= 'я' && latin[c-'а'] != "-" {
			b.WriteString(latin[c-'а'])
		}
	}
	return title(b.String())
}

// listings returns listings until they have n names, with ids that begin with the prefix.
func (m maker) listings(prefix string, n int) []corvee.Listing {
	w := tables()
	out := make([]corvee.Listing, 0, n)
	for n > 0 {
		p := m.party(&w)
		l := corvee.Listing{
			ID: fmt.Sprintf("%s:%07d", prefix, len(out)), List: prefix, SourceID: fmt.Sprint(len(out)),
			Kind: corvee.ListingDesignation, Type: p.kind, Programs: []string{"TEST"},
		}
		if p.state != "" {
			l.Countries = []string{p.state}
		}
		for i, name := range p.names[:min(n, len(p.names))] {
			kind := corvee.NamePrimary
			if i > 0 {
				kind = corvee.NameAlias
			}
			l.Names = append(l.Names, corvee.Name{Value: name, Kind: kind})
		}
		n -= len(l.Names)
		out = append(out, l)
	}
	return out
}
