import type { TopicId } from "../../src/knowledge/document.ts";
import type { Stance } from "../../src/petitions/petition.ts";

export type Opinion = { text: string; stance: Stance; topic: TopicId };

const read = (lines: string): Opinion[] =>
  lines
    .trim()
    .split("\n")
    .map((line) => {
      const [stance, topic, text] = line.split(" | ") as [Stance, TopicId, string];
      return { stance, topic, text };
    });

/** Opinions as members write them, with and without marks, labelled by hand; the rules were tuned with these in sight. */
export const OPINIONS: Opinion[] = read(`
kien-nghi | von-vay | Xin ngân hàng cho HTX vay thêm 800 triệu để thu mua lúa vụ đông xuân.
kien-nghi | von-vay | de nghi quy ho tro phat trien htx cho vay lai suat thap hon de mua phan bon
phan-anh | von-vay | HTX nộp hồ sơ vay vốn đã hai tháng mà ngân hàng cứ hẹn tới hẹn lui, không giải ngân.
phan-anh | von-vay | Ngân hàng đòi phải gửi tiết kiệm mới cho vay, bà con bức xúc lắm.
de-xuat | von-vay | Đề xuất cho HTX được dùng hợp đồng bao tiêu làm tài sản bảo đảm khi vay vốn.
dong-thuan | von-vay | Tôi hoàn toàn đồng tình với việc nâng mức vay không cần thế chấp cho hợp tác xã.
kien-nghi | von-vay | Bà con ủng hộ chủ trương cho vay không thế chấp, nhưng xin kéo dài thời hạn vay lên 24 tháng.
kien-nghi | nhan-su | Xin nhà nước hỗ trợ lương cho một kỹ sư nông nghiệp trẻ về làm ở HTX.
de-xuat | nhan-su | Theo tôi thì nên trả lương giám đốc HTX theo kết quả kinh doanh chứ không cào bằng.
phan-anh | nhan-su | ke toan htx nghi viec nua nam nay, tuyen hoai khong ai chiu ve vi luong thap qua
kien-nghi | nhan-su | Mong thành phố có chính sách giữ chân cán bộ quản lý hợp tác xã ở vùng sâu.
dong-thuan | nhan-su | Nhất trí với chính sách đưa sinh viên tốt nghiệp về làm việc tại hợp tác xã.
kien-nghi | ha-tang | Đề nghị nạo vét tuyến kênh Mười Thước để bà con lấy nước làm lúa.
kien-nghi | ha-tang | xin cap tren keo dien 3 pha ve tram bom cua htx tan loi
phan-anh | ha-tang | Trạm bơm hư từ tháng 3 tới giờ, báo mấy lần mà không ai xuống sửa.
phan-anh | ha-tang | Đường nội đồng sạt lở nặng, xe chở lúa không vô được.
de-xuat | ha-tang | Nhà nước nên làm nhà kho dùng chung cho ba bốn HTX gần nhau thay vì mỗi nơi một cái nhỏ.
kien-nghi | ha-tang | Tôi đồng ý với kế hoạch làm đê bao nhưng đề nghị làm cống lớn hơn cho ghe vô được.
phan-anh | ha-tang | Đồng tình việc xây nhà kho, tuy nhiên công trình bàn giao xong đã nứt nền, không ai chịu trách nhiệm.
kien-nghi | ha-tang | HTX cần một máy sấy 30 tấn, bà con toàn phơi lúa ngoài lộ.
kien-nghi | tap-huan | Đề nghị mở lớp tập huấn kỹ thuật trồng sầu riêng cho thành viên HTX.
de-xuat | tap-huan | Đề xuất các lớp bồi dưỡng tổ chức vào buổi tối để bà con khỏi bỏ buổi làm.
phan-anh | tap-huan | lop tap huan giam doc htx keu hoc 3 ngay ma giang vien chi doc slide, ba con khong hieu gi
dong-thuan | tap-huan | Bà con phấn khởi vì được đi tham quan mô hình, không có ý kiến gì thêm.
kien-nghi | tap-huan | Xin cho kế toán HTX được đi học lớp kế toán miễn phí.
kien-nghi | khcn | Xin hỗ trợ phần mềm kế toán và chữ ký số cho HTX.
de-xuat | khcn | de xuat lam mot trang truy xuat nguon goc chung cho toan thanh pho thay vi moi htx lam rieng
phan-anh | khcn | Máy đo mặn tự động gắn ở cống bị hỏng, số liệu trên điện thoại sai hoài.
kien-nghi | khcn | HTX mong được chuyển giao giống lúa chịu mặn mới và quy trình canh tác giảm phát thải.
phan-anh | khcn | Xin mã số vùng trồng cho vườn bưởi đã một năm mà chưa được cấp.
kien-nghi | thi-truong | Kiến nghị kết nối doanh nghiệp thu mua khóm cho bà con, đừng để dội chợ.
phan-anh | thi-truong | Thương lái ép giá, cân thiếu, bà con Châu Thành thua lỗ quá.
phan-anh | thi-truong | cong ty ky hop dong bao tieu roi be keo, lua chin ruc ngoai dong khong ai mua
de-xuat | thi-truong | Nên tổ chức phiên chợ nông sản HTX mỗi tháng một lần ở trung tâm Vị Thanh.
kien-nghi | thi-truong | HTX xin được hỗ trợ làm bao bì, tem nhãn để đăng ký OCOP 3 sao.
dong-thuan | thi-truong | Ủng hộ việc đưa sản phẩm HTX lên sàn thương mại điện tử.
phan-anh | dang-ky | Cán bộ một cửa đòi thêm giấy tờ ngoài quy định khi tôi nộp hồ sơ thành lập HTX.
kien-nghi | dang-ky | Đề nghị hướng dẫn HTX đổi tên và địa chỉ trên giấy chứng nhận sau khi nhập xã.
de-xuat | dang-ky | Góp ý cho đăng ký tổ hợp tác ngay tại ấp, khỏi lên xã nhiều lần.
phan-anh | dang-ky | nop ho so giai the htx nua nam roi ma phong tai chinh chua tra ket qua
phan-anh | quan-tri | Hội đồng quản trị không công khai tài chính, ba năm chưa họp đại hội thành viên.
kien-nghi | quan-tri | Xin Liên minh HTX cử người về hướng dẫn tổ chức đại hội thành viên theo luật mới.
phan-anh | quan-tri | to cao chu tich hoi dong quan tri lay von gop cua thanh vien chi xai rieng
phan-anh | quan-tri | Tôi rút khỏi HTX từ năm ngoái mà giám đốc không chịu trả lại vốn góp.
de-xuat | quan-tri | Đề xuất quy định rõ tỷ lệ trích quỹ chung không chia trong điều lệ mẫu.
kien-nghi | dieu-kien-huong | Mong hạ tiêu chí để HTX nhỏ và tổ hợp tác cũng được hưởng chính sách hỗ trợ.
phan-anh | dieu-kien-huong | Chính sách hỗ trợ nghe nói nhiều mà HTX tôi đủ điều kiện mấy năm vẫn chưa được đồng nào.
kien-nghi | dieu-kien-huong | Đồng thuận với chương trình hỗ trợ kinh tế tập thể, chỉ mong rút gọn hồ sơ xin hỗ trợ cho dễ.
de-xuat | dieu-kien-huong | Theo tui thì nên ưu tiên hỗ trợ HTX có nhiều thành viên là hộ nghèo trước.
kien-nghi | thue-phi-dat | Kiến nghị miễn tiền thuê đất làm sân phơi cho hợp tác xã.
kien-nghi | thue-phi-dat | xin cap so do cho phan dat htx dang lam tru so
phan-anh | thue-phi-dat | Cơ quan thuế phạt HTX vì nộp tờ khai chậm dù HTX đã tạm ngừng, tôi thấy không đúng.
dong-thuan | thue-phi-dat | Hoan nghênh nhà nước bỏ lệ phí môn bài cho hợp tác xã.
kien-nghi | thien-tai-bao-hiem | Đề nghị hỗ trợ lúa giống cho hộ bị ngập mất trắng đợt mưa vừa rồi.
phan-anh | thien-tai-bao-hiem | khai bao thiet hai do man tu thang 4 ma toi nay chua thay tien ho tro
kien-nghi | thien-tai-bao-hiem | Mong nhà nước hỗ trợ phí mua bảo hiểm cây lúa như các tỉnh khác.
phan-anh | thien-tai-bao-hiem | Danh sách thiệt hại do bão bỏ sót nhiều hộ trong ấp, làm không minh bạch.
phan-anh | dia-ban-co-quan | Sáp nhập xong người dân bị chỉ lòng vòng, xã nói lên sở, sở lại nói về xã.
kien-nghi | dia-ban-co-quan | Đề nghị công bố số điện thoại cán bộ phụ trách hợp tác xã ở từng xã, phường.
phan-anh | dia-ban-co-quan | gui don kien nghi len xa 4 thang khong ai tra loi
de-xuat | dia-ban-co-quan | Nên bố trí một điểm tiếp công dân ở Vị Thanh để bà con khỏi đi xa.
phan-anh | du-lieu-ca-nhan | HTX đưa danh sách số điện thoại thành viên cho công ty phân bón, bị gọi quảng cáo suốt.
kien-nghi | du-lieu-ca-nhan | yeu cau xoa thong tin ca nhan cua toi trong danh sach htx
dong-thuan | khac | Tôi thống nhất với báo cáo của Liên minh, không có ý kiến gì khác.
phan-anh | khac | Bao bì thuốc trừ sâu vứt đầy kênh, không ai thu gom.
kien-nghi | khac | Mong lãnh đạo thành phố mỗi năm về gặp gỡ, lắng nghe bà con hợp tác xã một lần.
dong-thuan | khac | dong y voi nghi quyet, ba con rat phan khoi
`);

export const MORE_OPINIONS: Opinion[] = read(`
kien-nghi | von-vay | Tụi tui trồng 20 công mít cần khoảng 300 triệu, mong được vay với lãi nhẹ.
phan-anh | von-vay | ba lan len phong giao dich deu bi keu ve bo sung ho so, toi gio chua vay duoc dong nao
de-xuat | von-vay | Góp ý ngân hàng nên cho trả lãi theo vụ chứ đừng bắt đóng hàng tháng.
kien-nghi | nhan-su | HTX em thiếu người biết vi tính, xin tỉnh cho một bạn về phụ giúp sổ sách.
phan-anh | nhan-su | Tiền hỗ trợ lương cho hai em kỹ sư quý rồi tới nay chưa chuyển.
dong-thuan | nhan-su | Chủ trương trả lương cho người trẻ về hợp tác xã rất hay, tôi tán thành.
phan-anh | ha-tang | Cây cầu qua rạch Cái Nhum gãy nhịp, ghe xe gì cũng kẹt.
kien-nghi | ha-tang | Cho HTX xin một bãi đậu máy gặt và mái che để khỏi phơi sương phơi nắng.
de-xuat | ha-tang | Theo tôi thì làm đường bê tông trước rồi hãy tính tới nhà kho.
kien-nghi | tap-huan | mong may anh chi khuyen nong ve ap day cach u phan huu co
phan-anh | tap-huan | Giấy mời đi học gửi tới thì lớp đã bế giảng rồi, làm vậy sao bà con học được.
de-xuat | tap-huan | Sao không quay video bài giảng để bà con coi lại ở nhà?
kien-nghi | khcn | Xin dạy tụi em cách ghi nhật ký đồng ruộng trên điện thoại và cấp tài khoản dùng thử.
de-xuat | khcn | Đề xuất thành phố mua chung một phần mềm cho tất cả HTX xài cho rẻ.
phan-anh | khcn | Tem truy xuất quét hoài không ra thông tin, khách hàng cằn nhằn.
phan-anh | thi-truong | gia mit thai con 3 ngan mot ky, vua khong chiu can
kien-nghi | thi-truong | Nhờ Sở Công Thương giới thiệu siêu thị nhận rau của HTX.
kien-nghi | thi-truong | Tôi nhất trí chuyện liên kết chuỗi nhưng đề nghị có hợp đồng ràng buộc doanh nghiệp.
kien-nghi | dang-ky | Xin hướng dẫn thủ tục cho tổ hợp tác 12 hộ của tụi tui lên hợp tác xã.
phan-anh | dang-ky | Đi ba lần lên trung tâm hành chính công mà lần nào cũng nói thiếu giấy, không ai chỉ rõ.
de-xuat | dang-ky | Nên cho nộp hồ sơ thành lập hợp tác xã ở bưu điện.
phan-anh | quan-tri | Ban kiểm soát toàn bà con của ông giám đốc, kiểm tra cho có.
phan-anh | quan-tri | cuoi nam khong thay chia lai, hoi thi keu lo ma khong dua so sach
kien-nghi | quan-tri | Đề nghị mẫu điều lệ và quy chế tài chính để HTX tham khảo.
kien-nghi | dieu-kien-huong | Tổ hợp tác tụi tui chưa có tư cách pháp nhân, mong cũng được hưởng hỗ trợ như hợp tác xã.
phan-anh | dieu-kien-huong | Xét duyệt hỗ trợ không công khai, HTX nào thân quen thì năm nào cũng có.
de-xuat | dieu-kien-huong | Nên chia kinh phí hỗ trợ theo số thành viên cho công bằng.
kien-nghi | thue-phi-dat | Xin gia hạn nộp thuế cho HTX vì mới bị thiệt hại.
phan-anh | thue-phi-dat | lam so do cho tru so htx 4 nam roi, van phong dang ky dat tra ho so hoai
dong-thuan | thue-phi-dat | Đồng ý với việc miễn thuế cho hợp tác xã nông nghiệp.
kien-nghi | thien-tai-bao-hiem | Lúa sắp cắt bị giông đổ rạp hết, xin nhà nước hỗ trợ bà con.
phan-anh | thien-tai-bao-hiem | Bảo hiểm lúa mua rồi mà tới lúc mất mùa công ty không chịu bồi thường.
kien-nghi | thien-tai-bao-hiem | de nghi dua ca that lat vao bao hiem nong nghiep
phan-anh | dia-ban-co-quan | Lên xã thì cán bộ đi họp, gọi điện không bắt máy.
kien-nghi | dia-ban-co-quan | Xin cho biết cơ quan nào thay Phòng Kinh tế huyện để HTX gửi đơn.
de-xuat | dia-ban-co-quan | Đề xuất lập tổ hỗ trợ hợp tác xã ở mỗi phường sau sáp nhập.
phan-anh | du-lieu-ca-nhan | Hình giấy tờ tùy thân của tôi bị đăng trong nhóm zalo của hợp tác xã.
kien-nghi | du-lieu-ca-nhan | Tôi muốn rút lại thông tin đã khai, nhờ cán bộ xóa giùm.
phan-anh | khac | Trại heo kế bên xả nước thải ra sông, hôi không chịu nổi.
dong-thuan | khac | Hoàn toàn ủng hộ nghị quyết về kinh tế tập thể.
kien-nghi | khac | Mong có thêm nhiều buổi gặp gỡ như vầy để bà con nói chuyện.
de-xuat | khac | theo toi thi nen khen thuong cac htx lam an gioi de noi khac hoc theo
`);

/** Written after the rules were done and looked at once: what a member who writes tomorrow can expect. */
export const UNSEEN_OPINIONS: Opinion[] = read(`
kien-nghi | von-vay | HTX Kỳ Như xin được vay ưu đãi để mua thêm hai bồn nuôi cá thát lát.
phan-anh | von-vay | Nợ cũ trả xong từ năm 2023 mà ngân hàng vẫn để tên HTX trong nhóm nợ xấu.
dong-thuan | von-vay | Bà con rất đồng tình mức vay mới.
kien-nghi | von-vay | mong ngan hang chinh sach tang muc vay cho ho can ngheo nuoi bo
kien-nghi | nhan-su | Đề nghị có phụ cấp cho kế toán HTX ở xã khó khăn.
phan-anh | nhan-su | Cả HTX chỉ có một mình tôi vừa làm giám đốc vừa ghi sổ, làm không xuể.
de-xuat | nhan-su | Đề xuất luân chuyển cán bộ trẻ của xã về làm phó giám đốc HTX hai năm.
phan-anh | ha-tang | Cống Năm Căn đóng không kín, mùa khô nước mặn rỉ vô hoài.
kien-nghi | ha-tang | Xin một cái nhà sơ chế khóm có điện nước đàng hoàng.
de-xuat | ha-tang | Thành phố nên đầu tư đường xe tải vô tới kho của HTX trước mùa thu hoạch.
kien-nghi | tap-huan | Xin thêm lớp nghiệp vụ kiểm soát nội bộ cho thành viên ban kiểm soát.
phan-anh | tap-huan | Danh sách đi học năm nào cũng mấy người đó, tụi tui chưa lần nào được kêu.
dong-thuan | tap-huan | Lớp học vừa rồi rất hay, bà con cảm ơn nhiều.
phan-anh | khcn | nha mang tu dong lap xong khong ai chi cach su dung, gio bo khong
kien-nghi | khcn | Kiến nghị hỗ trợ HTX xây dựng mã số vùng trồng chanh không hạt để xuất khẩu.
de-xuat | khcn | Đề xuất kết nối viện lúa với HTX để thử giống ngay trên ruộng bà con.
phan-anh | thi-truong | Doanh nghiệp lấy lúa xong nửa năm chưa trả tiền cho bà con.
kien-nghi | thi-truong | Xin cho sản phẩm chả cá của HTX được dự hội chợ ở TP.HCM.
kien-nghi | thi-truong | tan thanh de an ocop nhung xin ho tro them kinh phi lam bao bi
kien-nghi | dang-ky | Nhờ xã hướng dẫn tụi tui soạn điều lệ để lập hợp tác xã trồng mãng cầu.
phan-anh | dang-ky | Hồ sơ đổi người đại diện nộp hơn một tháng chưa ai cấp lại giấy.
de-xuat | dang-ky | Góp ý nên có mẫu đơn điền sẵn để bà con chỉ cần ký tên khi thành lập tổ hợp tác.
phan-anh | quan-tri | Giám đốc bán xe của HTX không thông qua thành viên.
kien-nghi | quan-tri | Yêu cầu triệu tập đại hội bất thường để bầu lại hội đồng quản trị.
de-xuat | quan-tri | Theo tôi thì thành viên góp ít cũng phải được xem báo cáo tài chính.
kien-nghi | dieu-kien-huong | Đề nghị xem xét cho HTX thành lập dưới một năm cũng được hỗ trợ.
phan-anh | dieu-kien-huong | Làm hồ sơ xin hỗ trợ tới mấy chục tờ, bà con nản bỏ luôn.
dong-thuan | dieu-kien-huong | Nhất trí với tiêu chí chọn HTX được hỗ trợ.
kien-nghi | thue-phi-dat | Xin thuê đất công bỏ trống gần chợ làm điểm bán hàng HTX.
phan-anh | thue-phi-dat | thue gui thong bao no mon bai trong khi da bo mon bai tu dau nam
kien-nghi | thue-phi-dat | Mong được miễn thuế thu nhập cho phần dịch vụ bơm nước phục vụ thành viên.
phan-anh | thien-tai-bao-hiem | Vườn sầu riêng chết khô vì mặn, xã ghi nhận rồi để đó.
kien-nghi | thien-tai-bao-hiem | Đề nghị bồi thường cho hộ nuôi vịt bị tiêu hủy do dịch cúm.
de-xuat | thien-tai-bao-hiem | Nên có quỹ dự phòng thiên tai riêng cho hợp tác xã.
phan-anh | dia-ban-co-quan | Đơn của tôi chuyển từ phòng này qua phòng khác, giờ không biết nằm ở đâu.
kien-nghi | dia-ban-co-quan | Xin số của người phụ trách hợp tác xã bên Sở Nông nghiệp và Môi trường.
phan-anh | dia-ban-co-quan | can bo tiep dan o phuong thai do coi thuong ba con
kien-nghi | du-lieu-ca-nhan | Đề nghị không đưa tên tôi vào biên bản gửi cho ông chủ tịch.
phan-anh | du-lieu-ca-nhan | Ai đó lấy số căn cước của xã viên đi đăng ký sim.
phan-anh | khac | Quán karaoke gần nhà mở tới nửa đêm, không ai ngủ được.
`);
