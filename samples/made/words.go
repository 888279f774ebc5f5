package made

// The cities are real; wages are of the size that reports on each country give.
var cities = []city{
	{[3]string{"Dandong", "단둥", "丹东"}, [3]string{"China", "중국", "中国"}, yuan, [2]int{1800, 3200}},
	{[3]string{"Donggang", "둥강", "东港"}, [3]string{"China", "중국", "中国"}, yuan, [2]int{1800, 3000}},
	{[3]string{"Hunchun", "훈춘", "珲春"}, [3]string{"China", "중국", "中国"}, yuan, [2]int{1900, 3000}},
	{[3]string{"Tumen", "투먼", "图们"}, [3]string{"China", "중국", "中国"}, yuan, [2]int{1800, 2900}},
	{[3]string{"Longjing", "룽징", "龙井"}, [3]string{"China", "중국", "中国"}, yuan, [2]int{1800, 2800}},
	{[3]string{"Shenyang", "선양", "沈阳"}, [3]string{"China", "중국", "中国"}, yuan, [2]int{2000, 3500}},
	{[3]string{"Vladivostok", "블라디보스토크", "符拉迪沃斯托克"}, [3]string{"Russia", "러시아", "俄罗斯"}, dollars, [2]int{400, 1200}},
	{[3]string{"Khabarovsk", "하바롭스크", "哈巴罗夫斯克"}, [3]string{"Russia", "러시아", "俄罗斯"}, dollars, [2]int{400, 1100}},
	{[3]string{"Ulaanbaatar", "울란바토르", "乌兰巴托"}, [3]string{"Mongolia", "몽골", "蒙古"}, dollars, [2]int{300, 700}},
	{[3]string{"Doha", "도하", "多哈"}, [3]string{"Qatar", "카타르", "卡塔尔"}, dollars, [2]int{500, 1000}},
	{[3]string{"Gdynia", "그디니아", "格丁尼亚"}, [3]string{"Poland", "폴란드", "波兰"}, dollars, [2]int{700, 1500}},
	{[3]string{"Dakar", "다카르", "达喀尔"}, [3]string{"Senegal", "세네갈", "塞内加尔"}, dollars, [2]int{300, 900}},
}

var (
	yuan    = [3]string{"yuan", "위안", "元"}
	dollars = [3]string{"US dollars", "달러", "美元"}
)

var trades = []trade{
	{[3]string{"garment factory", "의류공장", "服装厂"}, [3]string{"sew winter jackets", "겨울옷을 만든다", "缝制冬衣"}},
	{[3]string{"seafood processing plant", "수산물 가공공장", "水产加工厂"}, [3]string{"gut and pack fish", "수산물을 손질한다", "处理水产品"}},
	{[3]string{"electronics plant", "전자제품 공장", "电子厂"}, [3]string{"assemble circuit boards", "전자부품을 조립한다", "组装电路板"}},
	{[3]string{"construction site", "건설 현장", "建筑工地"}, [3]string{"build apartment blocks", "아파트를 짓는다", "建造公寓楼"}},
	{[3]string{"restaurant", "식당", "餐馆"}, [3]string{"wait on tables", "음식을 나른다", "端菜"}},
	{[3]string{"logging camp", "벌목장", "伐木场"}, [3]string{"fell timber", "나무를 벤다", "伐木"}},
}

// Syllables that no known firm is named with in this order.
var syllables = [][3]string{
	{"Qi", "치", "栖"}, {"Lan", "란", "岚"}, {"Sui", "수이", "穗"}, {"Mian", "몐", "绵"}, {"Tuo", "퉈", "拓"}, {"Yao", "야오", "曜"},
	{"Heng", "헝", "蘅"}, {"Pei", "페이", "沛"}, {"Zhao", "자오", "棹"}, {"Ruo", "뤄", "若"}, {"Xun", "쉰", "浔"}, {"Cen", "천", "岑"},
	{"Min", "민", "旻"}, {"Dou", "더우", "斗"}, {"Lu", "루", "璐"}, {"Wan", "완", "婉"}, {"Shuo", "쉬", "朔"}, {"Nuan", "놘", "暖"},
}

var campaigns = [][3]string{
	{"loyalty funds", "충성자금", "忠诚资金"}, {"flood relief support", "수해 지원금", "救灾款"}, {"the state plan", "국가계획분", "国家计划款"},
}

var outlets = map[string][]string{
	"en": {"Tumen River Post", "Border Ledger", "Amur Dispatch", "Pacific Labour Review", "Northern Wire Digest", "Gulf Workers' Record"},
	"ko": {"두만강신문", "접경일보", "압록통신", "북방노동리뷰"},
	"zh": {"黄海观察", "边境纪事报", "北方劳工评论"},
}

var invented = map[string]string{
	"en": "This is an invented report. Its firms and events are made up.",
	"ko": "이 기사는 지어낸 기사입니다. 회사와 사건은 실재하지 않습니다.",
	"zh": "本文为虚构报道，文中企业与事件均不存在。",
}

var titles = map[string][]string{
	"en": {"North Korean workers still at a {plant} in {city}", "{city} plant pays Pyongyang for its workers, source says", "Most of the wage is taken from North Koreans in {city}"},
	"ko": {"{city} {plant}에 북한 노동자 {workers}명 여전히 근무", "북한, {country} 파견 노동자 임금 대부분 {campaign}으로 떼어가", "{city} 북한 노동자들, 월급 {wage}{money} 중 {net}{money}만 손에 쥐어"},
	"zh": {"{city}一家{plant}仍在使用朝鲜工人", "消息人士：{city}朝鲜工人工资大半被上缴", "{country}{city}再现朝鲜劳工"},
}

// topic is something that reports tell of, how often of a hundred, and in which words.
type topic struct {
	chance int
	says   []string
}

var topics = map[string][]topic{
	"en": {
		{95, []string{"About {workers} North Korean workers {work} at a {plant} in {city}, {country}, a source in the city said on condition of anonymity.", "{firm} in {city}, {country}, employs between {workers} and {more} North Koreans who {work}, two local sources said.", "At least {workers} North Koreans are working at the {plant} of {firm} in {city}, {country}, according to a person who delivers to it."}},
		{85, []string{"The firm pays {wage} {money} a month for each of them, the source said.", "Their monthly wage is between {wage} and {wage2} {money}, he said.", "Each worker earns {wage} {money} a month on paper, according to the source."}},
		{85, []string{"Of that, {levy} {money} a month is deducted from each as {campaign}, the source said.", "The managers take {levy} {money} a month from each worker for {campaign}.", "Each has to hand over {levy} {money} every month in the name of {campaign}, she said."}},
		{70, []string{"They are left with about {net} {money} a month.", "What remains in the hand of a worker is {net} {money} a month, the source said."}},
		{40, []string{"In total about {total} {money} a month goes to Pyongyang from this plant alone, the source estimated."}},
		{60, []string{"The workers labour {hours} hours a day and have two days off a month, a former driver of the plant said.", "They work up to {hours} hours a day, and the dormitory is locked at night, he said."}},
		{45, []string{"Their passports are kept in a safe by the manager, and they may not leave the compound alone.", "Passports are taken away on arrival, the source said."}},
		{35, []string{"Another {some} workers arrived in {month}, a local resident said.", "In {month} some {some} of them were sent home and others took their place."}},
		{30, []string{"UN Security Council resolution 2397 required all North Korean workers to be sent home by 22 December 2019."}},
		{20, []string{"{firm} denied that it employs North Koreans.", "A man who answered the telephone at {firm} said that there were no North Koreans at the plant."}},
		{50, []string{"The street behind the plant has two shops and a bus stop, and people there have learned not to ask.", "Neighbours see the group walk to the market together on Sundays."}},
	},
	"ko": {
		{95, []string{"{country} {city}의 한 {plant}에서 북한 노동자 {workers}명이 일하고 있다고 현지 소식통이 전했다.", "{city} 현지 소식통은 본지에 “{firm} {plant}에 북한 노동자 {workers}~{more}명이 있다”고 말했다."}},
		{85, []string{"소식통에 따르면 회사는 1인당 월 {wage}{money} 정도를 지급한다.", "노동자 한 명의 월급은 {wage}{money} 수준이라고 소식통은 설명했다."}},
		{85, []string{"이 가운데 {levy}{money}씩 매달 {campaign} 명목으로 공제된다.", "소식통은 “매달 1인당 {levy}{money}을 {campaign}으로 바쳐야 한다”고 했다."}},
		{70, []string{"노동자가 실제로 손에 쥐는 돈은 월 {net}{money} 정도다."}},
		{40, []string{"이 공장에서만 한 달에 {total}{money} 상당이 북한 당국에 상납되는 것으로 추산된다."}},
		{60, []string{"이들은 하루 {hours}시간 일하고 한 달에 이틀 쉰다고 소식통은 전했다.", "노동자들은 하루 {hours}시간씩 일하며 마음대로 외출할 수 없다."}},
		{45, []string{"여권은 관리자가 보관하고 있다."}},
		{35, []string{"{month}에는 {some}명이 추가로 들어왔다고 한다."}},
		{30, []string{"유엔 안보리 결의 2397호는 2019년 12월 22일까지 북한 노동자를 모두 송환하도록 했다."}},
		{20, []string{"{firm} 측은 북한 노동자를 고용하고 있지 않다고 부인했다."}},
		{50, []string{"공장 뒷골목에는 가게 두 곳과 버스 정류장이 있다."}},
	},
	"zh": {
		{95, []string{"据当地消息人士透露，{country}{city}一家{plant}目前有{workers}名朝鲜工人，他们在那里{work}。", "{city}两名居民说，{firm}有{workers}至{more}名朝鲜工人。"}},
		{85, []string{"工厂按每人每月{wage}{money}支付工资。", "消息人士说，每名工人的月薪为{wage}{money}。"}},
		{85, []string{"其中每人每月{levy}{money}以{campaign}的名义被扣除。"}},
		{70, []string{"工人每月到手只有{net}{money}。"}},
		{40, []string{"仅这家工厂每月就向朝鲜当局上缴{total}{money}。"}},
		{60, []string{"工人每天工作{hours}个小时，每月休息两天。"}},
		{45, []string{"护照由管理人员统一保管，工人不能单独外出。"}},
		{35, []string{"{month}又有{some}名工人抵达。"}},
		{30, []string{"联合国安理会第2397号决议要求在2019年12月22日前遣返所有朝鲜劳工。"}},
		{20, []string{"{firm}否认雇用朝鲜工人。"}},
		{50, []string{"厂区后面的街上有两家小店和一个公交站。"}},
	},
}

// neutralTale is something that reads alike and of which nothing may be claimed.
type neutralTale struct{ title, body string }

var neutrals = map[string][]neutralTale{
	"en": {
		{"{city} raises its minimum wage", "The city of {city} will raise its minimum wage to {wage} {money} a month from next year, the labour office said."},
		{"Visitors return to {city}", "Some {more} visitors came to {city} over the holidays, {some} per cent more than a year ago."},
		{"Trade through {city} grows", "Trade worth {total} {money} passed through {city} in {month}, according to customs."},
	},
	"ko": {
		{"{city} 최저임금 인상", "{city}시는 내년부터 최저임금을 월 {wage}{money} 수준으로 올린다고 밝혔다."},
		{"{city} 관광객 늘어", "연휴 기간 {city}을 찾은 관광객은 {more}명으로 집계됐다."},
		{"{city} 교역액 증가", "{month} {city}을 통한 교역액은 {total}{money} 규모였다고 세관이 발표했다."},
	},
	"zh": {
		{"{city}上调最低工资", "{city}市明年起将最低工资上调至每月{wage}{money}。"},
		{"{city}游客增加", "假期期间共有{more}名游客到访{city}。"},
		{"{city}贸易额增长", "海关数据显示，{month}经{city}的贸易额为{total}{money}。"},
	},
}

// asides stand before and behind what is told, so that two reports of one plant share their
// figures and not their wording: what shares its wording in this world is a copy.
var asides = map[string][2][]string{
	"en": {
		{"", "On the telephone, over a bad line: ", "In a tea house near the station: ", "From notes taken in spring: ", "As before: ", "Asked twice: ", "At the second meeting: ", "In a voice message: ", "After some hesitation: ", "In short: ", "From a ledger seen last week: ", "Over supper: "},
		{"", " It was the same a year ago.", " Nobody at the gate would speak of it.", " The weather was given as the reason.", " A neighbour heard it too.", " There is no paper on it.", " The figure was written on a slip.", " It has been so since the winter before last.", " The baker next door laughed at the question.", " No bank was named.", " The bus had just left.", " Two others nodded."},
	},
	"ko": {
		{"", "전화 통화에서다. ", "역 앞 찻집에서 들은 말이다. ", "봄에 적은 기록이다. ", "두 번 물었다. ", "한참 머뭇거린 뒤였다. ", "음성 메시지로 온 답이다. ", "짧게 말하면 이렇다. ", "지난주에 본 장부다. ", "저녁 자리에서다. "},
		{"", " 1년 전에도 같았다.", " 정문에서는 아무도 말하지 않았다.", " 날씨 탓이라고 했다.", " 이웃도 들었다.", " 문서는 없다.", " 쪽지에 적혀 있었다.", " 지지난 겨울부터 그랬다.", " 옆집 빵집 주인은 웃기만 했다.", " 은행 이름은 나오지 않았다."},
	},
	"zh": {
		{"", "电话里信号不好。", "车站旁的茶馆里。", "春天的笔记这样写。", "问了两次。", "他犹豫了一会儿。", "语音留言里说。", "简单地说。", "上周看到的账本。", "晚饭时说起。"},
		{"", "一年前也是这样。", "门口没有人愿意谈。", "据称是因为天气。", "邻居也听说了。", "没有文件。", "数字写在一张纸条上。", "从前年冬天起就这样。", "隔壁面包店老板只是笑。", "没有提到银行。"},
	},
}
