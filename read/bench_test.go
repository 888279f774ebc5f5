package read_test

import (
	"context"
	"strings"
	"testing"

	"corvee"
	"corvee/read"
)

// article is an invented report of the length and density of real ones.
const article = `Workers in Tumen wait for their pay

North Korean workers at two garment factories in Tumen, Jilin Province, have not been paid since March, a source in China told the Example on Thursday.

According to the source, about 300 to 350 women sew sportswear there for 2,400 yuan (about $340) a month each. Two thirds of it goes to the party, and they keep only 500 yuan.

“They are not allowed to leave the dormitory without a minder,” the source said. “They work from seven in the morning until midnight and sleep five hours.”

The town lies on the river and has a railway station, three schools and a market where farmers from the villages around sell cabbage, maize and eggs. In autumn the hills above it are red, and on Sundays families from the county seat climb them with tea and sunflower seeds.

A bridge connects the town with the other bank. Lorries cross it in the morning; in the afternoon the customs house is closed. The mayor says that a second bridge will be built, but nobody has seen a plan, and the shopkeepers do not expect one.

UN Security Council Resolution 2397 required all states to send home North Korean workers by December 2019.

`

// ordinary is news in which hardly a sentence claims anything.
const ordinary = `The town lies on the river and has a railway station, three schools and a market where farmers from the villages around sell cabbage, maize and eggs. In autumn the hills above it are red, and on Sundays families from the county seat climb them with tea and sunflower seeds.

The council met on Tuesday for the third time this year to vote on the budget of 12 million dollars, of which 40 percent goes to roads and schools. Two members left before the vote. "We were told of this yesterday," one said. The rest agreed by nine to two.

Prices of rice rose by 3 percent in March, the statistics office in Yanji reported, while those of pork fell for a second month. Exports of seafood from Hunchun to Busan grew to 2,300 tonnes. A shop on the main street sells coats for 300 yuan, hats for 40 and gloves for 25, and a woman who has sold shoes there for twenty years said that fewer people come by bus now.

`

const articleKo = `투먼의 노동자들이 월급을 기다린다

지린성 투먼의 의류공장 두 곳에서 일하는 북한 노동자들이 3월부터 월급을 받지 못하고 있다고 중국의 한 소식통이 목요일 본지에 전했다.

소식통에 따르면 여성 300~350명이 이곳에서 한 달에 2천400위안씩 받고 운동복을 만든다. 이 중 3분의 2는 당에 바치고 500위안만 손에 쥔다.

강가에 있는 이 도시에는 기차역과 학교 세 곳, 농민들이 배추와 옥수수를 파는 시장이 있다. 가을이면 뒷산이 붉게 물들고 일요일에는 가족들이 차를 들고 산에 오른다.

“감시원 없이는 기숙사를 나갈 수 없다”고 소식통은 말했다. “아침 7시부터 자정까지 일하고 다섯 시간 잔다.”

`

const articleZh = `图们工人等待工资

据中国一名消息人士周四透露，在吉林省图们市两家服装厂工作的朝鲜工人自3月以来没有领到工资。

该人士说，约有300至350名女工在那里缝制运动服，每人每月工资2400元，其中三分之二上交给党，她们只拿到500元。

这座城市坐落在江边，有一个火车站、三所学校和一个集市，附近的农民在那里卖白菜和玉米。秋天，后山一片红色，星期天一家人带着茶水上山。

“没有监管人员陪同，她们不准离开宿舍，”该人士说，“从早上7点干到半夜，只睡五个小时。”

`

func BenchmarkClaims(b *testing.B) {
	r := reader(b)
	for name, content := range map[string]string{
		"dense": strings.Repeat(article, 20), "ordinary": strings.Repeat(ordinary, 30),
		"ko": strings.Repeat(articleKo, 30), "zh": strings.Repeat(articleZh, 30),
	} {
		text, err := corvee.NewText(content, nil)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			claims(b, r, corvee.Report{}, content) // the language is loaded once
			b.SetBytes(int64(text.Len()))
			b.ReportAllocs()
			for b.Loop() {
				for _, err := range r.Claims(context.Background(), corvee.Report{}, text) {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		if _, err := read.New(); err != nil {
			b.Fatal(err)
		}
	}
}
