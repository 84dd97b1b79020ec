import type { TopicId } from "../../src/knowledge/document.ts";
import type { Stance } from "../../src/petitions/petition.ts";

/** What members say, in their own voices; {cay} is what they grow or raise, {noi} where they live, {vu} a season. */
export type Phrase = { stance: Stance; topic: TopicId; text: string };

/** They name no rate, sum or term of a policy, so that nothing in an example can be taken for one. */
export const PHRASES: Phrase[] = read(`
kien-nghi | von-vay | Xin cho HTX vay thêm vốn để mua vật tư đầu {vu}, trả lãi theo vụ thu hoạch.
kien-nghi | von-vay | Đề nghị ngân hàng làm hồ sơ vay gọn lại, tụi tui trồng {cay} đâu rành giấy tờ.
kien-nghi | von-vay | Mong Quỹ hợp tác xã cho tổ tui vay mua máy sấy, vay bên ngoài lãi cao chịu không nổi.
kien-nghi | von-vay | Nhờ cấp trên nói giùm để HTX được vay mà không phải đem sổ đỏ của thành viên đi thế chấp.
kien-nghi | von-vay | Vụ rồi mất mùa, xin được giãn nợ tới khi cắt {vu} rồi trả.
phan-anh | von-vay | HTX nộp hồ sơ vay mấy tháng mà ngân hàng cứ hẹn tới hẹn lui, không giải ngân.
phan-anh | von-vay | Cán bộ tín dụng đòi sổ đỏ của từng hộ rồi mới chịu cho HTX vay, bà con bức xúc.
phan-anh | von-vay | Hỏi vay vốn trồng {cay} thì chỗ này chỉ qua chỗ kia, không ai hướng dẫn rõ.
de-xuat | von-vay | Đề xuất lấy hợp đồng bao tiêu {cay} làm căn cứ cho HTX vay vốn.
de-xuat | von-vay | Theo tui thì ngân hàng nên về xã một tháng một ngày nhận hồ sơ vay của HTX.
dong-thuan | von-vay | Bà con rất đồng tình chủ trương cho hợp tác xã vay vốn ưu đãi.
dong-thuan | von-vay | Nhất trí với chính sách vay vốn cho HTX, tụi tui phấn khởi lắm.
dong-thuan | von-vay | Tôi hoàn toàn ủng hộ việc mở rộng vốn vay cho kinh tế tập thể.
kien-nghi | nhan-su | HTX ở {noi} chưa có kế toán, xin hỗ trợ người biết làm sổ sách.
kien-nghi | nhan-su | Đề nghị hỗ trợ lương để giữ kỹ sư trẻ ở lại với HTX trồng {cay}.
kien-nghi | nhan-su | Mong có chính sách đưa sinh viên mới ra trường về phụ ban giám đốc.
kien-nghi | nhan-su | Ban giám đốc lớn tuổi hết rồi, xin cử người trẻ rành máy tính về giúp.
phan-anh | nhan-su | Kế toán nghỉ việc nửa năm nay, tuyển hoài không ai chịu về vì lương thấp.
phan-anh | nhan-su | Danh sách xin hỗ trợ lương lao động trẻ gửi lên rồi mà chưa thấy trả lời.
phan-anh | nhan-su | Một mình tôi vừa làm giám đốc vừa giữ sổ, làm không xuể mà không ai thay.
de-xuat | nhan-su | Nên cho mấy HTX gần nhau thuê chung một kế toán giỏi.
de-xuat | nhan-su | Đề xuất luân chuyển cán bộ trẻ của xã về làm phó giám đốc HTX vài năm.
dong-thuan | nhan-su | Đồng ý với việc đưa lao động trẻ về làm ở hợp tác xã.
dong-thuan | nhan-su | Chính sách hỗ trợ cán bộ quản lý HTX là hợp lòng bà con, tôi tán thành.
dong-thuan | nhan-su | Bà con trồng {cay} thống nhất với chủ trương hỗ trợ kế toán cho HTX.
kien-nghi | ha-tang | Xin hỗ trợ xây nhà kho để chứa {cay} lúc dội chợ.
kien-nghi | ha-tang | Đề nghị sửa cây cầu vô vùng nguyên liệu ở {noi}, xe tải không qua được.
kien-nghi | ha-tang | HTX cần sân phơi, {vu} nào mưa cũng phải đổ lúa ra lộ.
kien-nghi | ha-tang | Mong kéo điện ba pha ra trạm bơm, điện yếu chạy máy không nổi.
kien-nghi | ha-tang | Nhờ cấp trên đầu tư kho lạnh cho bà con trồng {cay}.
phan-anh | ha-tang | Đường nội đồng ở {noi} bể nát, chở {cay} ra tới lộ là dập hết.
phan-anh | ha-tang | Trạm bơm hư từ đầu {vu} tới giờ mà chưa ai xuống sửa.
phan-anh | ha-tang | Đê bao chỗ tụi tui sạt lở nặng, báo xã rồi mà chưa thấy làm.
de-xuat | ha-tang | Nên làm một kho chung cho mấy HTX trồng {cay} thay vì mỗi nơi một cái nhỏ.
de-xuat | ha-tang | Đề xuất giao trạm bơm cho HTX quản lý, bà con tự giữ gìn.
dong-thuan | ha-tang | Hoan nghênh chủ trương đầu tư hạ tầng cho hợp tác xã.
dong-thuan | ha-tang | Tụi tui ủng hộ việc làm kho, làm lộ cho HTX.
dong-thuan | ha-tang | Bà con ở {noi} đồng thuận với danh mục đầu tư đã công bố.
kien-nghi | tap-huan | Xin mở lớp kế toán HTX ngay tại {noi} cho bà con đỡ đi xa.
kien-nghi | tap-huan | Đề nghị tập huấn kỹ thuật trồng {cay} ngoài ruộng, ngồi nghe không nhớ hết.
kien-nghi | tap-huan | Mong được đi tham quan mô hình HTX làm ăn giỏi.
kien-nghi | tap-huan | Nhờ dạy thêm cách bán hàng trên mạng cho chị em trong HTX.
phan-anh | tap-huan | Giấy mời học tới nơi thì lớp đã khai giảng rồi, tụi tui không đi kịp.
phan-anh | tap-huan | Lớp vừa rồi toàn lý thuyết, giảng viên đọc chữ, bà con không hiểu.
phan-anh | tap-huan | Năm nào cũng mấy người đó được cử đi học, thành viên khác không được kêu.
de-xuat | tap-huan | Nên dời lịch tập huấn ra khỏi mùa gặt, lúc đó không ai rảnh.
de-xuat | tap-huan | Đề xuất quay video bài học gửi lên nhóm để ai vắng coi lại.
dong-thuan | tap-huan | Lớp tập huấn vừa rồi rất hay, bà con cảm ơn nhiều.
dong-thuan | tap-huan | Nhất trí với kế hoạch đào tạo cho cán bộ hợp tác xã.
dong-thuan | tap-huan | Tôi đồng tình việc mở lớp cho hội đồng quản trị và ban kiểm soát.
kien-nghi | khcn | Xin hỗ trợ làm mã số vùng trồng cho {cay} của HTX.
kien-nghi | khcn | Đề nghị hướng dẫn ghi nhật ký đồng ruộng trên điện thoại.
kien-nghi | khcn | Mong được hỗ trợ phần mềm sổ sách, HTX còn ghi tay.
kien-nghi | khcn | HTX muốn làm tưới tiết kiệm cho vườn {cay}, nhờ chuyển giao kỹ thuật.
phan-anh | khcn | Phần mềm cấp cho HTX hay bị lỗi, gọi hỏi không ai chỉ.
phan-anh | khcn | Tem truy xuất dán rồi mà khách quét không ra thông tin.
phan-anh | khcn | Trạm đo mặn ở {noi} hư, {vu} này bà con lấy nước phải đoán chừng.
de-xuat | khcn | Nên mua chung một máy bay phun thuốc cho các HTX ở {noi}.
de-xuat | khcn | Đề xuất viện, trường về thử giống {cay} ngay trên ruộng của thành viên.
dong-thuan | khcn | Ủng hộ chuyển đổi số cho HTX, làm sớm ngày nào hay ngày đó.
dong-thuan | khcn | Bà con đồng tình việc làm lúa phát thải thấp.
dong-thuan | khcn | Tôi tán thành đưa khoa học công nghệ về hợp tác xã.
kien-nghi | thi-truong | Xin tìm giùm công ty ký bao tiêu {cay} cho bà con {noi}.
kien-nghi | thi-truong | Đề nghị cho HTX dự phiên chợ nông sản để giới thiệu {cay}.
kien-nghi | thi-truong | Mong được hướng dẫn làm hồ sơ OCOP cho sản phẩm {cay}.
kien-nghi | thi-truong | Nhờ kết nối siêu thị, bà con làm sạch mà bán vẫn như hàng chợ.
phan-anh | thi-truong | Thương lái bẻ cọc, {cay} chín rục ngoài vườn không ai mua.
phan-anh | thi-truong | Công ty ký hợp đồng mà tới {vu} không xuống thu mua.
phan-anh | thi-truong | Giá {cay} rớt thê thảm, thương lái ép giá bà con {noi}.
de-xuat | thi-truong | Các HTX trồng {cay} nên góp hàng bán chung một mối cho khỏi bị ép giá.
de-xuat | thi-truong | Đề xuất lập điểm bán nông sản HTX ở chợ trung tâm.
dong-thuan | thi-truong | Tán thành chủ trương liên kết chuỗi giữa HTX với doanh nghiệp.
dong-thuan | thi-truong | Bà con phấn khởi vì có chương trình OCOP cho {cay}.
dong-thuan | thi-truong | Đồng ý với cách tổ chức tiêu thụ qua hợp tác xã.
kien-nghi | dang-ky | Tổ tui muốn lên hợp tác xã, nhờ hướng dẫn hồ sơ thành lập.
kien-nghi | dang-ky | Xin hướng dẫn đổi địa chỉ trên giấy chứng nhận sau khi nhập xã.
kien-nghi | dang-ky | Đề nghị có mẫu điều lệ điền sẵn cho HTX {cay} làm theo.
phan-anh | dang-ky | Nộp hồ sơ đổi người đại diện ở {noi} lâu rồi mà chưa có giấy.
phan-anh | dang-ky | Ba lần lên nộp hồ sơ thành lập thì ba lần nói thiếu giấy khác nhau.
phan-anh | dang-ky | Nộp trên mạng khó quá, bà con lớn tuổi làm không được.
de-xuat | dang-ky | Nên cho nộp hồ sơ HTX qua bưu điện xã.
de-xuat | dang-ky | Đề xuất mỗi xã có một người chuyên chỉ thủ tục HTX.
dong-thuan | dang-ky | Nhất trí việc đưa đăng ký hợp tác xã về cấp xã cho gần dân.
dong-thuan | dang-ky | Đồng tình với thủ tục thành lập HTX như hiện nay.
dong-thuan | dang-ky | Bà con {noi} ủng hộ việc chuyển tổ hợp tác thành hợp tác xã.
kien-nghi | quan-tri | Đề nghị hướng dẫn HTX tổ chức đại hội thành viên theo luật mới.
kien-nghi | quan-tri | Xin mẫu quy chế tài chính để HTX {cay} khỏi cãi nhau chuyện thu chi.
kien-nghi | quan-tri | Mong có người về kiểm tra sổ sách giúp HTX ở {noi}.
phan-anh | quan-tri | HTX tui mấy năm không họp đại hội, thành viên không biết lời lỗ.
phan-anh | quan-tri | Cuối năm không thấy chia lãi, hỏi thì không đưa sổ sách cho coi.
phan-anh | quan-tri | Thành viên xin ra khỏi HTX mà chưa được trả lại vốn góp.
de-xuat | quan-tri | Nên dán bảng thu chi hằng quý ở trụ sở cho thành viên coi.
de-xuat | quan-tri | Đề xuất mời Liên minh HTX dự đại hội để hướng dẫn tại chỗ.
dong-thuan | quan-tri | Đồng thuận với việc công khai tài chính trong hợp tác xã.
dong-thuan | quan-tri | Tôi nhất trí quy định mới về quản trị HTX.
dong-thuan | quan-tri | Thành viên HTX {cay} thống nhất với điều lệ sửa đổi.
kien-nghi | dieu-kien-huong | Tổ hợp tác ở {noi} mong cũng được hưởng hỗ trợ như hợp tác xã.
kien-nghi | dieu-kien-huong | HTX mới thành lập, xin được xét hỗ trợ như HTX cũ.
kien-nghi | dieu-kien-huong | Đề nghị gom thủ tục xin hỗ trợ về một mối cho dễ.
phan-anh | dieu-kien-huong | Năm nào HTX xin hỗ trợ cũng nghe nói hết kinh phí.
phan-anh | dieu-kien-huong | Xét hỗ trợ không công khai, HTX {cay} tụi tui không biết vì sao không được.
phan-anh | dieu-kien-huong | Chính sách nghe nhiều mà tới {noi} thì chưa thấy triển khai.
de-xuat | dieu-kien-huong | Nên công khai danh sách HTX được hỗ trợ ở trụ sở xã.
de-xuat | dieu-kien-huong | Đề xuất ưu tiên HTX vùng sâu, nhiều hộ nghèo.
dong-thuan | dieu-kien-huong | Nhất trí với tiêu chí chọn HTX được hỗ trợ.
dong-thuan | dieu-kien-huong | Bà con đồng tình với chính sách hỗ trợ hợp tác xã.
dong-thuan | dieu-kien-huong | Tôi ủng hộ chương trình phát triển kinh tế tập thể, không có ý kiến gì thêm.
kien-nghi | thue-phi-dat | Xin thuê đất công bỏ trống ở {noi} làm điểm tập kết {cay}.
kien-nghi | thue-phi-dat | Đề nghị cấp giấy chứng nhận quyền sử dụng đất cho trụ sở HTX.
kien-nghi | thue-phi-dat | Nhờ hướng dẫn kê khai thuế cho HTX, tụi tui không rành.
phan-anh | thue-phi-dat | Hồ sơ đất trụ sở HTX nộp mấy năm, văn phòng đăng ký đất trả hoài.
phan-anh | thue-phi-dat | Thông báo thuế gửi về sai tên HTX mà chưa được sửa.
de-xuat | thue-phi-dat | Nên cho HTX mượn nhà văn hóa cũ không dùng tới làm kho.
de-xuat | thue-phi-dat | Đề xuất mỗi quý có buổi giải đáp thuế cho các HTX {cay}.
dong-thuan | thue-phi-dat | Đồng ý với chính sách thuế cho hợp tác xã nông nghiệp.
dong-thuan | thue-phi-dat | Bà con tán thành việc ưu tiên quỹ đất cho HTX.
kien-nghi | thien-tai-bao-hiem | Nước mặn vô làm chết {cay}, xin hỗ trợ bà con {noi} khôi phục.
kien-nghi | thien-tai-bao-hiem | Đề nghị đưa {cay} vào bảo hiểm nông nghiệp.
kien-nghi | thien-tai-bao-hiem | Giông đổ rạp lúa {vu}, mong nhà nước hỗ trợ giống gieo lại.
phan-anh | thien-tai-bao-hiem | Khai thiệt hại rồi mà danh sách ở {noi} không có tên nhà tui.
phan-anh | thien-tai-bao-hiem | Ruộng ngập cả tuần, báo lên mà chưa ai xuống coi.
de-xuat | thien-tai-bao-hiem | Nên báo độ mặn hằng ngày qua nhóm Zalo của HTX.
de-xuat | thien-tai-bao-hiem | Đề xuất mỗi xã có tổ ứng phó mặn gồm thành viên HTX trồng {cay}.
dong-thuan | thien-tai-bao-hiem | Ủng hộ việc mở rộng bảo hiểm cho cây trồng.
dong-thuan | thien-tai-bao-hiem | Bà con {noi} cảm ơn cấp trên đã hỗ trợ sau thiên tai kịp thời.
kien-nghi | dia-ban-co-quan | Xin cho biết cơ quan nào nhận đơn của HTX sau khi nhập tỉnh.
kien-nghi | dia-ban-co-quan | Đề nghị công bố số điện thoại cán bộ phụ trách HTX ở {noi}.
kien-nghi | dia-ban-co-quan | Mong mở điểm tiếp nhận ở gần, đi lên trung tâm xa quá.
phan-anh | dia-ban-co-quan | Xã chỉ lên sở, sở chỉ về xã, tui chạy mấy vòng chưa xong.
phan-anh | dia-ban-co-quan | Đơn gửi mấy tháng rồi mà không ai trả lời.
de-xuat | dia-ban-co-quan | Nên phân công mỗi phường xã một cán bộ lo việc HTX.
de-xuat | dia-ban-co-quan | Đề xuất lập đường dây nóng cho hợp tác xã {cay}.
dong-thuan | dia-ban-co-quan | Đồng thuận chủ trương sắp xếp lại xã, phường.
dong-thuan | dia-ban-co-quan | Bà con hoan nghênh cán bộ về tận {noi} tiếp dân.
kien-nghi | du-lieu-ca-nhan | Đề nghị giữ kín tên người phản ánh khi gửi cho cơ quan khác.
kien-nghi | du-lieu-ca-nhan | Xin xóa số điện thoại của tui trong danh sách dán ở trụ sở.
phan-anh | du-lieu-ca-nhan | Danh sách thành viên bị đưa lên mạng, tui bị gọi quảng cáo phân bón hoài.
phan-anh | du-lieu-ca-nhan | Hình giấy tờ của bà con bị đăng trong nhóm chung của HTX {cay}.
de-xuat | du-lieu-ca-nhan | Nên hỏi ý thành viên trước khi đưa danh sách cho công ty thu mua {cay}.
dong-thuan | du-lieu-ca-nhan | Đồng ý cách bảo vệ thông tin thành viên như đã giải thích.
kien-nghi | khac | Mong có thêm nhiều buổi đối thoại như vầy ở {noi}.
kien-nghi | khac | Đề nghị có chỗ thu gom bao bì thuốc trừ sâu ngoài đồng.
phan-anh | khac | Nước thải hôi thối chảy ra kênh, {cay} và cá của bà con bị ảnh hưởng.
phan-anh | khac | Dạo này trộm vặt ngoài vườn {cay} nhiều mà chưa thấy ai tuần tra.
de-xuat | khac | Nên khen thưởng HTX làm ăn giỏi để nơi khác học theo.
de-xuat | khac | Đề xuất mỗi năm lãnh đạo về gặp HTX ở {noi} một lần.
dong-thuan | khac | Hoàn toàn ủng hộ nghị quyết về kinh tế tập thể.
dong-thuan | khac | Tui đồng ý với chủ trương, không có ý kiến gì thêm.
dong-thuan | khac | HTX {cay} thống nhất với báo cáo, chúc lãnh đạo sức khỏe.
`);

/** Twenty voices that ask for one and the same thing in one place: what staff make a group of. */
export const SAME_WISH: Phrase[] = read(`
kien-nghi | ha-tang | Đề nghị nạo vét kênh trục để bà con có nước làm {vu}.
kien-nghi | ha-tang | Kênh trục cạn quá rồi, xin cho nạo vét sớm.
kien-nghi | ha-tang | Xin nạo vét giùm con kênh trục, ghe chở lúa không vô được.
kien-nghi | ha-tang | Mong cấp trên cho xáng vét kênh trục trước {vu}.
kien-nghi | ha-tang | Kênh trục bồi lắng, đề nghị nạo vét để bơm nước cho ruộng.
kien-nghi | ha-tang | Nhờ xã xin kinh phí nạo vét kênh trục, mùa khô không có nước tưới.
kien-nghi | ha-tang | Tụi tui xin vét lại kênh trục, nước không tới cuối đồng.
kien-nghi | ha-tang | HTX đề nghị sớm nạo vét tuyến kênh trục chạy qua ấp.
kien-nghi | ha-tang | de nghi nao vet kenh truc cho ba con lay nuoc
kien-nghi | ha-tang | xin nao vet kenh truc, can qua ghe khong chay duoc
kien-nghi | ha-tang | Bà con mong được nạo vét kênh trục, {vu} này thiếu nước nữa là mất mùa.
kien-nghi | ha-tang | Kênh trục lâu rồi không vét, đề nghị cho làm trong mùa khô.
kien-nghi | ha-tang | Xin nạo vét kênh trục và dọn lục bình cho thông nước.
kien-nghi | ha-tang | Nguyện vọng của cả xóm là nạo vét kênh trục.
kien-nghi | ha-tang | Đề nghị khảo sát rồi nạo vét kênh trục, đáy kênh cao gần bằng ruộng.
kien-nghi | ha-tang | Mong nạo vét kênh trục để trạm bơm của HTX có nước mà bơm.
kien-nghi | ha-tang | Xin cho nạo vét tuyến kênh trục, thành viên sẵn sàng góp công.
kien-nghi | ha-tang | Thiếu nước tưới vì kênh trục cạn, nhờ nạo vét gấp.
kien-nghi | ha-tang | Kiến nghị nạo vét kênh trục trước khi xuống giống {vu}.
kien-nghi | ha-tang | HTX xin được nạo vét kênh trục, năm ngoái cũng đã kiến nghị rồi.
`);

function read(lines: string): Phrase[] {
  return lines
    .trim()
    .split("\n")
    .map((line) => {
      const [stance, topic, text] = line.split(" | ") as [Stance, TopicId, string];
      return { stance, topic, text };
    });
}
