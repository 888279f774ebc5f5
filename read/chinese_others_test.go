package read_test

import "testing"

// chineseOthers are texts that name the sending state and tell of other people's work. A
// restaurant of that state is one, whoever keeps the trains.
var chineseOthers = map[string]string{
	"local workers": "珲春一家企业从俄罗斯和朝鲜进口螃蟹，雇用本地工人1700人，月薪4100元。\n\n开发区今年计划新建四家水产厂，提供500个岗位。",
	"railway staff": "丹东一家朝鲜餐厅的经理说，旺季每晚客人多达250人。\n\n铁路局加开了三趟列车，工作人员每天工作11小时。",
	"season hands":  "韩国今年将引进2万名季节工人，主要来自越南和菲律宾，月薪约200万韩元。\n\n朝鲜队的球员赛后乘火车返回平壤。",
	"trade":         "海关总署公布的数据显示，中国对朝鲜出口额为1300万美元。\n\n一名贸易商表示，他的公司有30名员工在等待复工。",
}

func TestChineseLeavesOthersWork(t *testing.T) {
	t.Parallel()
	for name, body := range chineseOthers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, c := range claims(t, reader(t), chineseReport(), body) {
				if c.Quote.Exact != "朝鲜餐厅" {
					t.Errorf("%s of %q", c.Kind, c.Quote.Exact)
				}
			}
		})
	}
}
